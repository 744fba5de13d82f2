begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
select is_empty('select * from handoff.recent_refusals()', 'nothing was refused yet');
select handoff.count_refusals('jri', 'too_large', 1), handoff.count_refusals('hsi', 'bad_signature', 5);
select test.travel('6 days');
select handoff.count_refusals('hsi', 'bad_signature', 2), handoff.count_refusals('hsi', 'unsupported_type', 1);
select results_eq(
  'select * from handoff.recent_refusals()',
  $$values ('hsi', 'Health & Safety Institute', 'bad_signature', 7::bigint, '2026-03-08'::date),
      ('hsi', 'Health & Safety Institute', 'unsupported_type', 1, '2026-03-08'),
      ('jri', 'Job Ready Indy', 'too_large', 1, '2026-03-02')$$,
  'each partner''s of seven days, by code'
);
select test.travel('1 day');
select results_eq(
  'select r.partner_slug, r.code, r.refusals from handoff.recent_refusals() as r',
  $$values ('hsi', 'bad_signature', 2::bigint), ('hsi', 'unsupported_type', 1)$$, 'what is older is gone'
);
update handoff.school set time_zone = 'Pacific/Kiritimati';
select test.set_clock('2026-03-14 12:00:00+00');
select is_empty('select * from handoff.recent_refusals()', 'by the school''s day, which is the fifteenth already');

select * from finish();
rollback;
