begin;
select plan(2);

select test.set_clock('2026-03-02 12:00:00+00');
select test.deliver_raw('hsi', '{"event": "a"}', 'used'), test.deliver_raw('hsi', '{"event": "a"}', 'used'), test.deliver_raw('hsi', '{"event": "d"}', 'other');
select test.travel('1 minute'), test.deliver_raw('hsi', '{"event": "c"}', 'used');
select test.travel('1 minute'), test.deliver_raw('hsi', '{"event": "b"}', 'used'), test.deliver_raw('hsi', '{"event": "c"}', 'used');

select results_eq(
  $$select c.body, c.body_sha256 = sha256(c.body), c.channel, c.received_at, c.seen
    from handoff.partner_events as e cross join lateral handoff.event_conflicts(e.receipt) as c where e.event_key = 'used'$$,
  $$values
    ('{"event": "c"}'::bytea, true, 'webhook', '2026-03-02 12:01:00+00'::timestamptz, 2),
    ('{"event": "b"}', true, 'webhook', '2026-03-02 12:02:00+00', 1)$$,
  'each other body once, in order of receipt, with how often it came'
);
select is_empty(
  'select c.* from handoff.partner_events as e cross join lateral handoff.event_conflicts(e.receipt) as c where e.event_key = ''other''',
  'none of an event whose key came with one body'
);

select * from finish();
rollback;
