begin;
select plan(7);

create function pg_temp.told(p_name text) returns text language sql as $$
  select string_agg(
    concat_ws(' ', m.labels ->> 'partner', m.labels ->> 'status', m.labels ->> 'reason', m.value), ', '
    order by m.labels ->> 'partner'
  )
  from handoff.metrics() as m
  where m.name = p_name
$$;

select test.set_clock('2026-03-02 12:00+00');
select is(pg_temp.told('handoff_events_waiting'), '', 'nothing waits');
select test.send('hsi', 'course.completed', p_more => '{"student_id": "A-1"}');
select test.travel('1 hour');
select test.send('hsi', 'course.completed', p_more => '{"student_id": "A-2"}', p_key => 'second');
select test.deliver_raw('jri', '[]');
select is(
  pg_temp.told('handoff_events_waiting'), 'hsi parked unknown_student 2, jri rejected not_an_object 1',
  'by partner, status and reason'
);
select is(
  pg_temp.told('handoff_events_waiting_oldest_timestamp_seconds'),
  'hsi parked unknown_student 1772452800.000000, jri rejected not_an_object 1772456400.000000', 'since the first of them'
);
select handoff.set_event_aside(e.receipt, 'a test') from handoff.partner_events as e where e.event_key = 'second';
select is(
  pg_temp.told('handoff_events_waiting'), 'hsi parked unknown_student 1, jri rejected not_an_object 1',
  'without what was set aside'
);

select is(pg_temp.told('handoff_events_due'), '0', 'none is due');
select handoff.mark_events_due();
select is(pg_temp.told('handoff_events_due'), '1', 'until somebody asks for it');

-- A mountain of what is old.
insert into handoff.partner_events (
  partner_slug, event_key, channel, context, body_sha256, received_at, last_seen_at, status, reason, first_outcome
)
select
  'certiport', 'old-' || n, 'webhook', '{}', sha256('old'), handoff.clock() - interval '1 year', handoff.clock(), 'rejected',
  'bad_json', 'rejected:bad_json'
from generate_series(1, 5000) as n;
select is(
  pg_temp.told('handoff_events_waiting'),
  'certiport rejected bad_json 1997, hsi parked unknown_student 1, jri rejected not_an_object 1',
  'no more than 2000 are counted, and what is new is among them'
);

select * from finish();
rollback;
