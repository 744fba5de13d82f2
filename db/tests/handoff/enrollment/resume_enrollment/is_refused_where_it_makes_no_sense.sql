begin;
select plan(5);

create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('pending'), ('completed')) as s (status);
select throws_ok(
  format('select handoff.resume_enrollment(%L, ''why'')', enrollment_id), 'TH409', null, 'refused when ' || status
) from given;
select is(test.status(enrollment_id), status, 'it stays ' || status) from given;
select throws_ok($$select handoff.resume_enrollment(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown enrollment');

select * from finish();
rollback;
