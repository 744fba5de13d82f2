begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as john;
select test.send('hsi', 'course.completed', null, '{"student_id": "A-1"}', 'parked') from given;
select test.travel('1 minute');
select test.send('hsi', 'course.completed', null, '{}', 'rejected') from given;
select test.travel('1 minute');
select test.send('hsi', 'course.completed', john, p_key => 'used') from given;
select test.travel('1 minute');
select test.send('hsi', 'certificate.issued', john, p_key => 'used') from given;

select results_eq(
  'select n.partner_slug, n.partner_name, n.status, n.reason, n.event_type, n.external_student_id, n.sqlstate, n.received_at
   from handoff.find_events(p_limit => 100) as n',
  format($$values
    ('hsi', 'Health & Safety Institute', 'conflict', 'key_reused', 'course.completed', %L, null::text, '2026-03-02 12:03:00+00'::timestamptz),
    ('hsi', 'Health & Safety Institute', 'rejected', 'missing_field', 'course.completed', null, null, '2026-03-02 12:01:00+00'),
    ('hsi', 'Health & Safety Institute', 'parked', 'unknown_student', 'course.completed', 'A-1', null, '2026-03-02 12:00:00+00')$$, john),
  'parked, rejected and conflicting deliveries, newest first; what was applied is left out'
) from given;
select results_eq(
  'select n.receipt from handoff.find_events(p_limit => 100) as n where n.status = ''parked''',
  $$select e.receipt from handoff.partner_events as e where e.event_key = 'parked'$$,
  'with the receipt to act on'
);
select test.send('hsi', 'course.completed', null, jsonb_build_object('student_id', 'B-' || g.number)) from generate_series(1, 120) as g (number);
select is((select count(*) from handoff.find_events(p_limit => 100)), 100::bigint, 'at most 100');
select handoff.link_partner_account('hsi', 'A-1', john) from given;
select is_empty($$select from handoff.find_events(p_limit => 100) where external_student_id = 'A-1'$$, 'what has been applied since needs nobody');

select * from finish();
rollback;
