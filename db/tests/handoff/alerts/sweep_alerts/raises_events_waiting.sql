begin;
select plan(12);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.enroll('cna') as johns, test.student() as john,
  test.enroll('cna', 'jane@test.example') as janes;
select test.deliver_raw('hsi', '{', 'bad');
select test.send('hsi', 'course.completed', null, '{"student_id": "nobody"}', 'unknown');
select test.send('jri', 'module.completed', john, '{"module_id": "1"}', 'known') from given;
select test.send('jri', 'module.completed', john, '{"module_id": "2"}', 'known') from given;
select handoff.hold_enrollment(johns, 'on leave') from given;
select test.send('hsi', 'course.completed', john, '{}', 'held') from given;
select test.travel('1 day');
select is(test.sweep(), null, 'for a day events may wait');
select test.travel('1 second');
select is(
  test.sweep(), 'events_waiting conflict jri, events_waiting parked hsi, events_waiting parked jri, events_waiting rejected hsi',
  'then somebody has to look'
);
select is(
  (select a.numbers ->> 'events' from handoff.alerts as a where a.partner_slug = 'hsi' and a.about = 'parked'), '1',
  'but not at what waits for the enrollment alone'
);
select handoff.set_event_aside(e.receipt, 'the partner knows') from handoff.partner_events as e where e.event_key in ('bad', 'known');
select is(test.sweep(), 'events_waiting parked hsi', 'what is set aside waits no more, nor does another body of it');
select handoff.link_partner_account('hsi', 'nobody', test.student('jane@test.example'));
select is(test.sweep(), null, 'nor what applies');

select test.send('hsi', 'course.completed', null, '{"student_id": "somebody"}', 'due');
select handoff.mark_events_due('hsi', 'parked', 'unknown_student');
select test.travel('1 hour');
select is(test.sweep(), null, 'what is due is tried within the hour');
select test.travel('1 second');
select is(test.sweep(), 'events_waiting due hsi severe', 'else it is severe');
select is(a.tried, 1, 'it is tried') from handoff.apply_due_events(10) as a;
select is(test.sweep(), null, 'and due no more');
select is((select count(*) from handoff.alerts as a where a.closed_at is null), 0::bigint, 'all clear');
select test.travel('1 day');
select is(test.sweep(), 'events_waiting parked hsi', 'but for what it waits for');
select is((select (a.numbers ->> 'oldest_at')::timestamptz from handoff.alerts as a where a.closed_at is null), '2026-03-03 12:00:01+00', 'since it came');
select * from finish();
rollback;
