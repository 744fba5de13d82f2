begin;
select plan(4);

select results_eq(
  'select * from handoff.automation_rates()',
  $$values
    ('steps_generated', 0::bigint, 0::bigint, null::numeric), ('first_steps_started', 0, 0, null),
    ('transitions_without_a_person', 0, 0, null), ('completions_detected', 0, 0, null)$$,
  'the rate is null without cases'
);

create temporary table given as
  select test.enroll('medical-assistant') as enrollment_id, test.student() as john,
    test.enrollment_without_steps('cna', 'active', 'jane@test.example') as bare, test.student('jane@test.example') as jane,
    test.admin() as ada;
grant select on given to public;
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', john) from given;            -- hsi detected, certiport started by itself
select test.as_dba();
select handoff.mark_step_complete(test.step(enrollment_id, 2)) from given; -- certiport by hand, so careersafe is started by hand
select test.act('handoff_webhook');
select test.send('careersafe', 'training.completed', john) from given;   -- careersafe detected, the enrollment completed by itself
select test.as_dba();

select results_eq(
  'select * from handoff.automation_rates()',
  $$values
    ('steps_generated', 2::bigint, 1::bigint, 50.00), ('first_steps_started', 1, 1, 100.00),
    ('transitions_without_a_person', 3, 2, 66.67), ('completions_detected', 3, 2, 66.67)$$,
  'from the audit trail, with the number of cases'
);

select handoff.generate_enrollment_steps(bare) from given;
select handoff.hold_enrollment(bare, 'on leave'), handoff.resume_enrollment(bare, 'is back') from given;
select results_eq(
  'select r.cases, r.successes from handoff.automation_rates() as r limit 2', $$values (2::bigint, 2::bigint), (2, 2)$$,
  'steps that came later count as generated; resuming is no new case'
);

select test.as_admin(ada) from given;
select test.send('hsi', 'course.completed', jane, p_channel => 'manual') from given;
select test.as_dba();
select results_eq(
  'select r.cases, r.successes from handoff.automation_rates() as r offset 2', $$values (4::bigint, 2::bigint), (4, 2)$$,
  'an event that an admin entered is a human act'
);

select * from finish();
rollback;
