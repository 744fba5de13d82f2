begin;
select plan(6);

create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('on_hold'), ('completed'), ('withdrawn')) as s (status);
select throws_ok(
  format('select handoff.fail_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null, 'refused when the enrollment is ' || status
) from given;
select throws_ok($$select handoff.fail_step(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown step');

create temporary table open as select test.enroll('medical-assistant') as enrollment_id;
select handoff.skip_step(test.step(enrollment_id, 2), 'waived') from open;
select throws_ok(format('select handoff.fail_step(%L, ''why'')', test.step(enrollment_id, 3)), 'TH409', null, 'refused when the step is pending') from open;
select throws_ok(format('select handoff.fail_step(%L, ''why'')', test.step(enrollment_id, 2)), 'TH409', null, 'refused when the step is skipped') from open;

select * from finish();
rollback;
