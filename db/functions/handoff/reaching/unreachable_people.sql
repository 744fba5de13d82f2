create or replace function handoff.unreachable_people(
  p_before_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
)
returns table (
  profile_id uuid, full_name text, email text, role text, since timestamptz, status text, message_id uuid, kind text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select p.id, p.full_name, p.email, p.role, s.since, s.status, s.message_id, o.kind
  from handoff.mail_suppressions as s
  join handoff.profiles as p on p.email = s.address
  join handoff.outbox as o on o.message_id = s.message_id
  where p.disabled_at is null and (p_before_at is null or (s.since, s.message_id) < (p_before_at, p_before_id))
  order by s.since desc, s.message_id desc
  limit p_limit
$$;

comment on function handoff.unreachable_people(timestamptz, uuid, integer) is
  'People with access whose address does not work, with the mail that came back, newest first: '
  'those before the given one, a page at a time.';
