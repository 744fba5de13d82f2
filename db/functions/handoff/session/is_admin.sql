-- The policies ask it, once for a statement and table; it runs as the owner, since those of profiles ask it, too. Whom
-- the claims name is looked up as in caller_id, together with the role: one look instead of two.
create or replace function handoff.is_admin()
returns boolean
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(current_setting('request.jwt.claims', true), '') = '' or exists (
    select
    from handoff.profiles as p
    join handoff.profiles as o on o.id = coalesce(p.merged_into, p.id)
    where p.id = (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
      and o.role = 'admin' and o.disabled_at is null
  )
$$;

comment on function handoff.is_admin() is
  'True when the claims of this transaction are an admin''s, and when there are none: then it is a DBA or a command.';
