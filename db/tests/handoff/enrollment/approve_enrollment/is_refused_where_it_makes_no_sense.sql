begin;
select plan(8);

create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('on_hold'), ('completed'), ('withdrawn')) as s (status);
select throws_ok(
  format('select handoff.approve_enrollment(%L, ''why'')', enrollment_id), 'TH409', null, 'refused when ' || status
) from given;
select is(test.status(enrollment_id), status, 'it stays ' || status) from given;
select throws_ok($$select handoff.approve_enrollment(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown enrollment');

create temporary table unmapped as select test.enrollment_in('pending') as enrollment_id;
delete from handoff.program_partners where program_slug = 'cna';
select throws_ok(
  format('select handoff.approve_enrollment(%L, ''why'')', enrollment_id), 'TH422', null,
  'a program that lost its required mappings meanwhile'
) from unmapped;

select * from finish();
rollback;
