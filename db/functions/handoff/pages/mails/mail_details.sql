create or replace function handoff.mail_details(p_message_id uuid)
returns table (
  message_id uuid,
  kind text,
  profile_id uuid,
  full_name text,
  email text,
  program_name text,
  status text,
  made_at timestamptz,
  expires_at timestamptz,
  settled_at timestamptz,
  due_at timestamptz,
  attempts integer,
  detail text,
  body text,
  is_erased boolean,
  mailed_to text,
  bounced_at timestamptz,
  bounce_status text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    o.message_id, o.kind, p.id, p.full_name, p.email, g.name, o.status, o.made_at, o.expires_at, o.settled_at, o.due_at,
    o.attempts, o.detail, o.body, p.erased_at is not null, o.mailed_to, o.bounced_at, o.bounce_status
  from handoff.outbox as o
  join handoff.profiles as p on p.id = o.profile_id
  left join handoff.enrollments as e on e.id = o.enrollment_id
  left join handoff.programs as g on g.slug = e.program_slug
  where o.message_id = p_message_id
$$;

comment on function handoff.mail_details(uuid) is
  'One mail: to whom, as it was written, and what became of it. No row: unknown.';
