begin;
select plan(3);

-- Its callers look first; it looks again, at the rows that it has locked.
create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
select is(test.send('hsi', 'course.completed', student_id, p_key => 'done'), 'accepted:completed', 'an applied event') from given;
create temporary table before as
  select test.picture(given.enrollment_id) as picture, e as event from given, handoff.partner_events as e where e.event_key = 'done';
select is(handoff_private.apply_parked_events(array[(event).receipt], null), 0, 'is not applied again') from before;
select is(
  (test.picture(given.enrollment_id), e)::text, (picture, event)::text, 'nothing changes'
) from given, before, handoff.partner_events as e where e.event_key = 'done';

select * from finish();
rollback;
