begin;
select plan(9);

create temporary table given as select test.student() as john, handoff.clock() as now;
select handoff.link_partner_account('hsi', 'A-1', john) from given;
select is(
  test.refused_by(format(
    'insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at) values (%L, %L, %L, %L)',
    c.partner, c.account, c.student, c.linked
  )), c.by, c.what
)
from given
cross join lateral (values
  ('hsi', 'A-2', john, now, null, 'a linked account'),
  ('hsi', 'A-2', null, null, null, 'an account that nobody knows yet'),
  ('hsi', 'A-2', john, null, '23514:partner_accounts_linked_in_full', 'linked at no time'),
  ('hsi', 'A-2', null, now, '23514:partner_accounts_linked_in_full', 'linked to nobody'),
  ('hsi', '', john, now, '23514:partner_accounts_external_id_shape', 'an empty id'),
  ('hsi', E'A\t2', john, now, '23514:partner_accounts_external_id_shape', 'an id with a control character'),
  ('hsi', 'A-1', john, now, '23505:partner_accounts_pkey', 'an account of two students'),
  ('unknown', 'A-1', john, now, '23503:partner_accounts_partner_slug_fkey', 'an unknown partner'),
  ('hsi', 'A-2', gen_random_uuid(), now, '23503:partner_accounts_student_id_fkey', 'an unknown student')
) as c (partner, account, student, linked, by, what);

select * from finish();
rollback;
