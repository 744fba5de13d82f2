-- Lock order: profile, sign-in link.
-- What begin_sign_in was called, and told, before it told the address.
create or replace function handoff.request_sign_in(p_email text, p_token_hash bytea)
returns boolean
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$ select handoff.begin_sign_in(p_email, p_token_hash) is not null $$;

comment on function handoff.request_sign_in(text, bytea) is
  'True when a link with this token is to be mailed: the address is known and fewer than five can be used.';
