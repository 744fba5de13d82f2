-- Settings come back as '' and not as null once a transaction that set them has ended. It runs as the owner: the
-- policies of profiles ask it, so it can't ask them.
create or replace function handoff.caller_id()
returns uuid
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.id
  from handoff.profiles as p
  join handoff.profiles as o on o.id = coalesce(p.merged_into, p.id)
  where p.id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid and o.disabled_at is null
$$;

comment on function handoff.caller_id() is
  'The person in the claims of this transaction, or null; of a merged one the person who stays. It knows nobody who is'
  ' disabled. Claims that can not be read are an error, not nobody.';
