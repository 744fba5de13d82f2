begin;
select plan(6);

select test.student('john@test.example');
select handoff.request_sign_in('john@test.example', sha256('a')), handoff.request_sign_in('john@test.example', sha256('b'));
update handoff.sign_in_links set link_id = '4a7f5f5e-0000-4000-8000-000000000001' where token_hash = sha256('b');
select is(test.refused_by(format('update handoff.sign_in_links set %s where token_hash = sha256(''a'')', c.change)), c.by, c.what)
from (values
  ('token_hash = ''token''', '23514:sign_in_links_hash_size', 'a token that is not hashed'),
  ('token_hash = sha256(''b'')', '23505:sign_in_links_pkey', 'a token of two links'),
  ('link_id = ''4a7f5f5e-0000-4000-8000-000000000001''', '23505:sign_in_links_link', 'an id of two links'),
  ('expires_at = created_at', '23514:sign_in_links_time_order', 'a link that is over at once'),
  ('used_at = created_at - interval ''1 second''', '23514:sign_in_links_time_order', 'used before it was made'),
  ('profile_id = gen_random_uuid()', '23503:sign_in_links_profile_id_fkey', 'a link of nobody')
) as c (change, by, what);

select * from finish();
rollback;
