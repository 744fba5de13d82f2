create or replace function handoff.person_details(p_profile_id uuid)
returns table (
  profile_id uuid,
  full_name text,
  email text,
  role text,
  created_at timestamptz,
  disabled_at timestamptz,
  merged_into uuid,
  erased_at timestamptz,
  comes_back boolean,
  alerts integer,
  version bigint
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    p.id, p.full_name, p.email, p.role, p.created_at, p.disabled_at, p.merged_into, p.erased_at,
    exists (
      select from handoff.mail_suppressions as m where m.profile_id = p.id and m.address = p.email
    ),
    (select count(*)::integer from handoff.alerts as a where a.profile_id = p.id and a.closed_at is null),
    handoff.person_version(p.id)
  from handoff.profiles as p
  where p.id = p_profile_id
$$;

comment on function handoff.person_details(uuid) is
  'Who somebody is. comes_back: mail to the address does; alerts: open ones; version: for p_seen of perform_act. No '
  'row: unknown.';
