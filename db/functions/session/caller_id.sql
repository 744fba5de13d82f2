-- Settings come back as '' and not as null once a transaction that set them has ended.
create or replace function handoff.caller_id()
returns uuid
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;

comment on function handoff.caller_id() is 'The person in the claims of this transaction, or null. Claims that can not be read are an error, not nobody.';
