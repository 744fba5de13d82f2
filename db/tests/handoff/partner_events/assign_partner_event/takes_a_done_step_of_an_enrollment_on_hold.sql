begin;
select plan(2);

create temporary table given as
  select test.student() as student_id, test.enroll('cna') as cna, test.enroll('emt') as emt;
select handoff.mark_step_complete(test.step(cna, 1)) from given;
select is(test.send('hsi', 'course.completed', student_id, p_key => 'which'), 'parked:ambiguous', 'an ambiguous event') from given;
create temporary table event as select e.receipt from handoff.partner_events as e where e.event_key = 'which';
select handoff.hold_enrollment(cna, 'a break') from given;
select is(
  r.status || ':' || r.reason, 'ignored:already_completed', 'it was the repeat of a completed step: nothing moves, so nothing must wait'
) from given, event, handoff.assign_partner_event(event.receipt, test.step(given.cna, 1), 'as the partner says') as r;

select * from finish();
rollback;
