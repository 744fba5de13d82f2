begin;
select plan(4);

select test.set_clock('2026-03-01 12:00:00+00');
create temporary table given as
  select test.student() as john, test.admin() as ada, test.enroll('cna') as older, test.enroll('cna', 'jane@test.example') as janes;
grant select on given to public;
select handoff.skip_step(test.step(older, 1), 'has it already') from given;
select test.travel('1 minute');
select test.enroll('emt');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'early');
create function pg_temp.early() returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = 'early'
$$;
select test.as_admin(ada) from given;

select is_empty('select * from handoff.event_candidates(pg_temp.early())', 'none where nobody knows the student');
select handoff.hold_enrollment(older, 'a pause'), handoff.link_partner_account('hsi', 'h-1', john) from given;
select results_eq(
  $$select c.program_name, c.enrolled_at, c.enrollment_status, c.sequence_order, c.course_ref, c.step_status
    from handoff.event_candidates(pg_temp.early()) as c$$,
  $$values
    ('Emergency Medical Technician (EMT)', '2026-03-01 12:01:00+00'::timestamptz, 'active', 1, null::text, 'in_progress'),
    ('Certified Nursing Assistant (CNA)', '2026-03-01 12:00:00+00', 'on_hold', 1, null, 'skipped')$$,
  'the student''s steps with the event''s partner, in any state, the newest enrollment first'
);
select results_eq(
  'select c.step_id from handoff.event_candidates(pg_temp.early()) as c where c.step_status = ''skipped''',
  'select test.step(older, 1) from given', 'by the id that assigning asks for'
);
select is_empty('select * from handoff.event_candidates(gen_random_uuid())', 'an unknown receipt');

select * from finish();
rollback;
