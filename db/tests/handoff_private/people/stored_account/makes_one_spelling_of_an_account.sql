begin;
select plan(12);

select is(handoff_private.stored_account(a.given), a.stored, coalesce(a.given, 'null'))
from (values
  ('hsi-9', 'hsi-9'),
  ('jose' || chr(769), 'josé'),
  ('José', 'José'),
  (chr(65279) || 'hsi-9', null),
  ('hsi-9' || chr(8203), null),
  ('hsi' || chr(8238) || '9', null),
  ('hsi-9 ', null),
  ('hsi-9' || chr(160), null),
  ('hsi' || chr(12644) || '9', null),
  ('hsi-9' || chr(65039), null),
  ('hsi' || chr(917760) || '9', null),
  (null, null)
) as a (given, stored);

select * from finish();
rollback;
