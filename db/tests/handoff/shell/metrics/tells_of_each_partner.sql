begin;
select plan(10);

create function pg_temp.told(p_name text, p_label text) returns text language sql as $$
  select string_agg(
    concat_ws(' ', m.labels ->> 'partner', m.labels ->> p_label, m.value), ', '
    order by m.labels ->> 'partner', m.labels ->> p_label
  )
  from handoff.metrics() as m
  where m.name = p_name and m.labels ->> 'partner' in ('hsi', 'jri')
$$;

select test.set_clock('2026-03-02 12:00+00');
select is(pg_temp.told('handoff_partner_info', 'status'), 'hsi active 1, jri active 1', 'its status');
select is(pg_temp.told('handoff_partner_last_event_timestamp_seconds', ''), null, 'no event yet');
select test.send('hsi', 'test');
select test.travel('1 hour');
select test.send('hsi', 'course.completed', p_more => '{"student_id": "A-1"}');
select test.travel('1 hour');
select test.send('jri', 'test', p_channel => 'manual');
select is(
  pg_temp.told('handoff_partner_last_event_timestamp_seconds', ''), 'hsi 1772456400.000000',
  'its last webhook, whatever came of it'
);

create function pg_temp.refused() returns text language sql as $$
  select string_agg(
    concat_ws(' ', m.labels ->> 'partner', m.labels ->> 'code', m.value), ', ' order by m.labels ->> 'partner', m.labels ->> 'code'
  )
  from handoff.metrics() as m
  where m.name = 'handoff_webhook_refusals_total' and m.labels ->> 'code' in ('bad_signature', 'too_large')
    and m.labels ->> 'partner' in ('hsi', 'jri')
$$;
select is(
  pg_temp.refused(), 'hsi bad_signature 0, hsi too_large 0, jri bad_signature 0, jri too_large 0',
  'each code begins at 0, so that a monitor sees the first'
);
select handoff.count_refusals('hsi', 'bad_signature', 3), handoff.count_refusals('hsi', 'too_large', 1);
select handoff.count_refusals('jri', 'bad_signature', 2);
select is(
  pg_temp.refused(), 'hsi bad_signature 3, hsi too_large 1, jri bad_signature 2, jri too_large 0',
  'what was refused today'
);
select test.travel('1 day');
select handoff.count_refusals('hsi', 'bad_signature', 1);
select is(
  pg_temp.refused(), 'hsi bad_signature 1, hsi too_large 0, jri bad_signature 0, jri too_large 0',
  'and again on each day of the school'
);

select is(pg_temp.told('handoff_partner_breaker_open', ''), 'hsi 0, jri 0', 'each can be reached');
select handoff_private.note_reached('hsi', false) from generate_series(1, 5);
select is(pg_temp.told('handoff_partner_breaker_open', ''), 'hsi 1, jri 0', 'but for one that is left alone');
select is(pg_temp.told('handoff_partner_failures_in_a_row', ''), 'hsi 5, jri 0', 'after so many failures');
select handoff_private.note_reached('hsi', true);
select is(pg_temp.told('handoff_partner_breaker_open', ''), 'hsi 0, jri 0', 'until it was reached again');

select * from finish();
rollback;
