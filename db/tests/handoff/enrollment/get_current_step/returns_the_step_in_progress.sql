begin;
select plan(5);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;

select results_eq(
  'select c.* from given, handoff.get_current_step(given.enrollment_id) as c',
  $$select test.step(enrollment_id, 1), 'hsi', 'Health & Safety Institute', 1, 'in_progress',
      '2026-03-02 09:00:00+00'::timestamptz, 'https://www.hsi.com/login' from given$$,
  'the step in progress: step_id, partner_slug, partner_name, sequence_order, status, started_at, launch_url'
);
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
select results_eq(
  'select c.partner_slug, c.sequence_order from given, handoff.get_current_step(given.enrollment_id) as c',
  $$values ('certiport', 2)$$,
  'after the first is completed, the second'
);
select handoff.mark_step_complete(test.step(enrollment_id, 3)) from given;
select results_eq(
  'select c.partner_slug from given, handoff.get_current_step(given.enrollment_id) as c', $$values ('certiport')$$,
  'a step completed early leaves the current step current'
);
select handoff.hold_enrollment(enrollment_id, 'on leave') from given;
select results_eq(
  'select c.partner_slug from given, handoff.get_current_step(given.enrollment_id) as c', $$values ('certiport')$$,
  'on hold, the step in progress stays the one in progress'
);
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from given;
select results_eq(
  'select c.partner_slug from given, handoff.get_current_step(given.enrollment_id) as c', $$values ('certiport')$$,
  'a withdrawn enrollment keeps its steps as they are'
);

select * from finish();
rollback;
