begin;
select plan(8);
create temporary table given as select test.admin() as ada, test.student('john@test.example') as john, test.enroll('cna', 'john@test.example') as johns;
grant select on given to public;
select test.as_admin(ada) from given;
create function pg_temp.said(p_email text, p_name text, p_program text) returns text[] language sql as $$
  select array_agg(s.s) from handoff.preview_enrolling(p_email, p_name, p_program, 'Fall') as s (s)
$$;
select is((pg_temp.said('zoe@test.example', 'Zoë Lee', 'cna'))[1], 'Zoë Lee is new here.', 'somebody new');
select matches(array_to_string(pg_temp.said('zoe@test.example', 'Zoë Lee', 'cna'), ' '), 'begins[.].* starts[.]', 'what starts is said');
select is((pg_temp.said('j2@test.example', 'student, JOHN', 'cna'))[2], 'Somebody with this name is known already, as john@test.example. Look whether it is the same person.', 'a namesake is named');
select is((pg_temp.said('john@test.example', 'Jon', 'medical-assistant'))[1], 'This is the address of John Student, whose name stays as it is.', 'whose address it is');
select is(pg_temp.said('john@test.example', 'John Student', 'cna'), array['This is the address of John Student.', 'Nothing changes: this person is in the program, or has completed it.'], 'who is in it already');
select throws_ok($$select handoff.preview_enrolling('zoe@test.example', 'Zoë Lee', 'none')$$, 'TH404', null, 'refused as enrolling would be');
select is((select count(*) from handoff.profiles) + (select count(*) from handoff.enrollments), 3::bigint, 'nobody is made and nobody enrolled');
select test.as_admin(john) from given;
select throws_ok($$select handoff.preview_enrolling('zoe@test.example', 'Zoë Lee', 'cna')$$, 'TH403', null, 'a student is told nothing');
select * from finish();
rollback;
