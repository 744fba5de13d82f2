begin;
select plan(3);

-- A day of UTC, whatever the session's time zone.
set local time zone 'America/New_York';
select test.set_clock('2026-03-01 23:59:59+00');
select handoff.count_refusals('hsi', 'bad_signature', 3), handoff.count_refusals('hsi', 'bad_signature', 2);
select handoff.count_refusals('hsi', 'stale_timestamp', 1), handoff.count_refusals('jri', 'bad_signature', 1);
select test.travel('1 second'), handoff.count_refusals('hsi', 'bad_signature', 4);
select results_eq(
  'select r.partner_slug, r.code, r.day, r.refusals from handoff.webhook_refusals as r order by 1, 2, 3',
  $$values
    ('hsi', 'bad_signature', '2026-03-01'::date, 5::bigint), ('hsi', 'bad_signature', '2026-03-02', 4),
    ('hsi', 'stale_timestamp', '2026-03-01', 1), ('jri', 'bad_signature', '2026-03-01', 1)$$,
  'a count for each partner, code and day of UTC'
);
select lives_ok($$select handoff.count_refusals('nobody', 'bad_signature', 1)$$, 'an unknown partner is no error');
select is_empty($$select from handoff.webhook_refusals where partner_slug = 'nobody'$$, 'and has no count');

select * from finish();
rollback;
