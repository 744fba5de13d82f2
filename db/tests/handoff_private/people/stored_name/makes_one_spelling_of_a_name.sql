begin;
select plan(29);

select is(handoff_private.stored_name(n.given), n.stored, 'stored: ' || n.given)
from (values
  ('  Ann Lee ', 'Ann Lee'),
  (chr(65279) || 'Ann Lee' || chr(8203) || chr(160), 'Ann Lee'),
  ('Zoe' || chr(776), 'Zoë'),
  ('王小明', '王小明'),
  ('प्रिया शर्मा', 'प्रिया शर्मा'),
  ('علی' || chr(8204) || 'رضا', 'علی' || chr(8204) || 'رضا'),
  ('🇺🇸 Bob', '🇺🇸 Bob'),
  (repeat('x', 200), repeat('x', 200)),
  (chr(1564) || 'Ann' || chr(1564), 'Ann'),
  ('李', '李'),
  (chr(177984), chr(177984)),
  ('🙂', '🙂')
) as n (given, stored);
select is(handoff_private.stored_name(n.given), null, 'refused: ' || n.given)
from (values
  (''), (' '), (chr(8203)), (chr(160)), (chr(12644)), (chr(4447) || chr(4448)), (chr(65440)), (chr(10240)), (chr(173)),
  ('Ann' || chr(8238) || 'eeL'), ('Ann' || chr(8294) || 'Lee'), (E'Ann\tLee'),
  (chr(57344)), (chr(888)), (chr(769)), (chr(8413)), (chr(983040))
) as n (given);

select * from finish();
rollback;
