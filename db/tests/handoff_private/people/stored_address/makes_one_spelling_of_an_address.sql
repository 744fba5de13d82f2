begin;
select plan(32);

select is(handoff_private.stored_address(a.given), a.stored, 'stored: ' || a.given)
from (values
  (' John@Test.Example ', 'john@test.example'),
  ('a.b+c_d!#$%&''*/?=^`{|}~-@x', 'a.b+c_d!#$%&''*/?=^`{|}~-@x'),
  ('ÉMILE@ÉCOLE.example', 'émile@école.example'),
  ('e' || chr(769) || 'mile@école.example', 'émile@école.example'),
  ('ΣΟΦΟΣ@x.test', 'σοφος@x.test'),
  ('İPEK@x.test', 'i' || chr(775) || 'pek@x.test'),
  ('प्रिया@x.test', 'प्रिया@x.test'),
  ('王@例え.テスト', '王@例え.テスト'),
  ('a@' || repeat('b', 63), 'a@' || repeat('b', 63))
) as a (given, stored);
select is(handoff_private.stored_address(a.given), null, 'refused: ' || a.given)
from (values
  ('ann,lee@x.test'), ('ann;lee@x.test'), ('ann<eve@x.test'), ('ann:lee@x.test'), ('ann(x)lee@x.test'), ('"a b"@x.test'),
  ('=?utf-8?q?ann?=@x.test'), ('.a@x.test'), ('a.@x.test'), ('a..b@x.test'), ('a@x..test'), ('a@.test'), ('a@-x'), ('a@x-'),
  ('a@[1.2.3.4]'), ('a@' || repeat('b', 64)), ('a@x_y'), ('a' || chr(8203) || '@x.test'), ('a' || chr(8238) || '@x.test'),
  ('a' || chr(173) || '@x.test'), ('a＠x.test'), ('a@x。test'), ('⑴@x.test')
) as a (given);

select * from finish();
rollback;
