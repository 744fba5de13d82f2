begin;
select plan(4);

insert into handoff.sessions (session_hash, profile_id, created_at, expires_at)
select sha256(h.hash), test.student(), c.now, c.now + interval '1 hour'
from (values ('a'::bytea), ('b'::bytea)) as h (hash), (select handoff.clock() as now) as c;
select is(test.refused_by(format('update handoff.sessions set %s where session_hash = sha256(''a'')', c.change)), c.by, c.what)
from (values
  ('session_hash = ''cookie''', '23514:sessions_hash_size', 'a cookie that is not hashed'),
  ('session_hash = sha256(''b'')', '23505:sessions_pkey', 'a cookie of two sessions'),
  ('expires_at = created_at', '23514:sessions_time_order', 'a session that is over at once'),
  ('profile_id = gen_random_uuid()', '23503:sessions_profile_id_fkey', 'a session of nobody')
) as c (change, by, what);

select * from finish();
rollback;
