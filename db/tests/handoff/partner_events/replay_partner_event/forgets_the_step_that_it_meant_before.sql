begin;
select plan(3);

-- Parked for a step; then its configuration is corrected, and it is of a course that the student does not take.
create temporary table given as select test.student() as student_id, test.enroll('cna') as enrollment_id;
update handoff.enrollment_steps set course_ref = 'bls' where enrollment_id = (select enrollment_id from given) and sequence_order = 1;
update handoff.partner_event_types set item_field = 'bundle_id' where partner_slug = 'hsi';
select handoff.hold_enrollment(enrollment_id, 'a break') from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"course_id": "cpr", "bundle_id": "bls"}', 'k'), 'parked:on_hold', 'parked for the first step'
) from given;
update handoff.partner_event_types set item_field = 'course_id' where partner_slug = 'hsi' and event_type = 'course.completed';
select is(r.status || ':' || r.reason, 'parked:unmapped_course', 'replayed')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r;
select is((select (e.enrollment_id, e.step_id)::text from handoff.partner_events as e), '(,)', 'it is of no step any more');

select * from finish();
rollback;
