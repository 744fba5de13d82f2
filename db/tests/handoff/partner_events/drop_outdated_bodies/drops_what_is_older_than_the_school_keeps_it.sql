begin;
select plan(15);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as enrollment_id;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', p_key => 'parked');
select test.deliver_raw('hsi', '{"event": "course.completed", "student_id": "h-2"}', 'parked');
select test.send('hsi', 'course.renamed', null, '{"student_id": "h-1"}', p_key => 'due');
select test.deliver_raw('hsi', '[', 'rejected');
update handoff.partner_events as e set due_at = handoff.clock() where e.event_key = 'due';
create function pg_temp.bodies() returns text language sql as $$
  select string_agg(e.event_key, ' ' order by e.event_key) || ', ' || (
    select count(*) from handoff.partner_event_conflicts as c where c.body is not null
  )
  from handoff.partner_events as e
  where e.body is not null
$$;
select is(pg_temp.bodies(), 'due parked rejected, 1', 'three bodies and that of a conflict');
select test.travel('10 years');
select is(handoff.drop_outdated_bodies(), 0, 'none is dropped where the school has set no age');

update handoff.school set parked_bodies_days = 3700;
select is(handoff.drop_outdated_bodies(), 0, 'what is not older stays');
update handoff.school set parked_bodies_days = 30;
select is(handoff.drop_outdated_bodies(0), 0, 'no more than was asked for');
select is(handoff.drop_outdated_bodies(), 1, 'a parked event''s');
select is(pg_temp.bodies(), 'due rejected, 1', 'not one that is about to be read again, nor one that was rejected');
select is(handoff.drop_outdated_bodies(), 0, 'once');
update handoff.school set conflicts_days = 30;
select is(handoff.drop_outdated_bodies(), 1, 'a conflict''s, at an age of its own');
select is(pg_temp.bodies(), 'due rejected, 0', 'which is then gone');

select is(handoff.link_partner_account('hsi', 'h-1', john), 1, 'by what was read it still applies') from given;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress', 'to its step') from given;

select test.travel('29 days');
update handoff.school set done_bodies_days = 30;
select is(handoff.drop_outdated_bodies(), 1, 'what was done ten years ago');
select is(pg_temp.bodies(), 'due, 0', 'was the one that was rejected');
select test.deliver_raw('hsi', '[', 'rejected today');
select is(handoff.drop_outdated_bodies(), 0, 'what was done today stays');
select is(handoff.drop_outdated_bodies(-1), 0, 'fewer than none is none');

select * from finish();
rollback;
