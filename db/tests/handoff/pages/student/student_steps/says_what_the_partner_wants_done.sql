begin;
select plan(6);

update handoff.partners
set instructions = 'Open the link.', registration_hint = 'Ask us.', launch_url_template = 'https://hsi.example/{reference}'
where slug = 'hsi';
update handoff.partners set instructions = '', registration_hint = '' where slug = 'certiport';
create temporary table given as select test.student() as john, test.student('jane@test.example') as jane, test.enroll('cna') as enrollment_id;
grant select on given to public;
create function pg_temp.told() returns text language sql as $$
  select string_agg(concat_ws(' ', s.partner_slug, s.account, s.instructions, s.registration_hint), ', ' order by s.sequence_order)
  from handoff.student_steps() as s
$$;

select test.as_student(john) from given;
select is(pg_temp.told(), 'hsi Open the link. Ask us., certiport', 'instructions and hint; an empty text is none');
select is(s.launch_url, 'https://hsi.example/' || s.step_id, 'the link is the student''s own') from handoff.student_steps() as s limit 1;
select test.as_dba();
insert into handoff.partner_answers (step_id, accepted_at) select test.step(enrollment_id, 1), handoff.clock() from given;
select test.as_student(john) from given;
select is(pg_temp.told(), 'hsi Open the link., certiport', 'whom the partner has taken need not register');
select test.as_dba();
delete from handoff.partner_answers;
select handoff.link_partner_account('hsi', 'H-1', john) from given;
select test.as_student(john) from given;
select is(pg_temp.told(), 'hsi H-1 Open the link., certiport', 'nor who has an account, which is said');
select test.as_student(jane) from given;
select is_empty('select from handoff.partner_accounts', 'nobody sees the account of another');
select test.as_dba();
select is(test.send('hsi', 'course.completed', john), 'accepted:completed', 'the step is done') from given;

select * from finish();
rollback;
