begin;
select plan(2);

select is_empty('select * from handoff.due_events()', 'nothing is due');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}'), test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}'),
  test.send('jri', 'course.renamed', null, '{"student_id": "h-1"}'), test.deliver_raw('hsi', '{');
select handoff.mark_events_due();
select results_eq(
  'select d.partner_slug, d.partner_name, d.status, d.reason, d.events from handoff.due_events() as d',
  $$values ('hsi', 'Health & Safety Institute', 'parked', 'unknown_student', 2::bigint), ('jri', 'Job Ready Indy', 'parked', 'unknown_event_type', 1)$$,
  'how many, of whom and why'
);

select * from finish();
rollback;
