create or replace function handoff.find_mails(
  p_status text default null, p_before timestamptz default null, p_before_id uuid default null, p_limit integer default 50
)
returns table (
  message_id uuid,
  kind text,
  profile_id uuid,
  full_name text,
  email text,
  status text,
  made_at timestamptz,
  settled_at timestamptz,
  due_at timestamptz,
  attempts integer,
  detail text,
  bounced_at timestamptz,
  bounce_status text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    o.message_id, o.kind, p.id, p.full_name, p.email, o.status, o.made_at, o.settled_at, o.due_at, o.attempts, o.detail,
    o.bounced_at, o.bounce_status
  from handoff.outbox as o
  join handoff.profiles as p on p.id = o.profile_id
  where o.profile_id is not null
    and (p_status is null or o.status = p_status)
    and (p_before is null or (o.made_at, o.message_id) < (p_before, p_before_id))
  order by o.made_at desc, o.message_id desc
  limit p_limit
$$;

comment on function handoff.find_mails(text, timestamptz, uuid, integer) is
  'Mails to people, the newest first, of one status or of all; those before one of them, at most p_limit.';
