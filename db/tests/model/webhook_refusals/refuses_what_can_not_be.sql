begin;
select plan(6);

select handoff.count_refusals('hsi', 'bad_signature', 3);
select is(test.refused_by(format('select handoff.count_refusals(%L, %L, %s)', c.partner, c.code, c.refusals)), c.by, c.what)
from (values
  ('hsi', 'stale', 1, null, 'a count'),
  ('hsi', 'Bad Signature', 1, '23514:webhook_refusals_code_shape', 'a code that is a sentence'),
  ('hsi', repeat('x', 41), 1, '23514:webhook_refusals_code_shape', 'a code of 41 characters'),
  ('hsi', 'stale', 0, '23514:webhook_refusals_positive', 'a count of none')
) as c (partner, code, refusals, by, what);
select is(
  test.refused_by('insert into handoff.webhook_refusals select * from handoff.webhook_refusals'), '23505:webhook_refusals_pkey', 'two counts of a day'
);
select is(
  test.refused_by('update handoff.webhook_refusals set partner_slug = ''unknown'''), '23503:webhook_refusals_partner_slug_fkey', 'an unknown partner'
);

select * from finish();
rollback;
