begin;
select plan(9);

create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('on_hold'), ('completed'), ('withdrawn')) as s (status);
select throws_ok(
  format('select handoff.skip_step(%L, ''why'')', test.step(enrollment_id, 2)), 'TH409', null, 'refused when the enrollment is ' || status
) from given;
select throws_ok($$select handoff.skip_step(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown step');
select throws_ok($$select handoff.skip_step(null, 'why')$$, 'TH404', null, 'no step');

create temporary table open as select test.enroll('medical-assistant') as enrollment_id;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from open;
select throws_ok(
  format('select handoff.skip_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null, 'refused when the step is completed'
) from open;

create temporary table last as select test.enroll('cna') as enrollment_id;
select handoff.skip_step(test.step(enrollment_id, 2), 'waived') from last;
select throws_ok(
  format('select handoff.skip_step(%L, ''why'')', test.step(enrollment_id, 1)), 'TH409', null,
  'refused for the last step that is not skipped'
) from last;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:skipped', 'which stays open') from last;
select is(test.status(enrollment_id), 'active', 'an enrollment of skipped steps alone is not made') from last;

select * from finish();
rollback;
