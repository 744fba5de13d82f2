begin;
select plan(4);

create temporary table given as
  select test.student('completed@test.example') as owner, test.student('jane@test.example') as jane, test.admin() as ada,
    test.enrollment_in('completed') as enrollment_id;
create temporary table issued as select c.* from handoff.certificates as c join given using (enrollment_id);
grant select on given, issued to public;

select test.as_student(owner) from given;
select results_eq(
  'select d.* from issued as i, handoff.certificate_details(i.number) as d',
  'select i.number, ''valid'', i.student_name, i.program_name, i.enrolled_at, i.completed_at, i.issued_at, i.revoked_at,
     i.replaced_at, i.partners, i.time_zone, i.school_name, i.school_address, i.signatory
   from issued as i',
  'the owner reads what the printed certificate says'
);
select test.as_student(jane) from given;
select is_empty('select d.* from issued as i, handoff.certificate_details(i.number) as d', 'another student reads 0 rows');
select test.as_admin(ada) from given;
select isnt_empty('select d.* from issued as i, handoff.certificate_details(i.number) as d', 'an admin reads it');
select is_empty($$select * from handoff.certificate_details('0000-0000-0000-0000-0')$$, 'an unknown number: 0 rows');

select * from finish();
rollback;
