create or replace function handoff.event_details(p_receipt uuid)
returns table (
  receipt uuid,
  partner_slug text,
  partner_name text,
  event_key text,
  channel text,
  context jsonb,
  body bytea,
  body_sha256 bytea,
  received_at timestamptz,
  seen integer,
  last_seen_at timestamptz,
  status text,
  reason text,
  first_outcome text,
  sqlstate text,
  due_at timestamptz,
  event_type text,
  meaning text,
  external_student_id text,
  item_ref text,
  partner_enrollment_ref text,
  partner_completed_at timestamptz,
  passed boolean,
  result text,
  student_id uuid,
  student_name text,
  student_email text,
  program_name text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    e.receipt, p.slug, p.name, e.event_key, e.channel, e.context, e.body, e.body_sha256, e.received_at, e.seen,
    e.last_seen_at, e.status, e.reason, e.first_outcome, e.error_code, e.due_at, e.event_type, e.meaning,
    e.external_student_id, e.item_ref, e.partner_enrollment_ref, e.partner_completed_at, e.passed, e.result,
    s.id, s.full_name, s.email, g.name
  from handoff.partner_events as e
  join handoff.partners as p on p.slug = e.partner_slug
  left join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  left join handoff.profiles as s on s.id = coalesce(e.student_id, a.student_id)
  left join handoff.enrollments as n on n.id = e.enrollment_id
  left join handoff.programs as g on g.slug = n.program_slug
  where e.receipt = p_receipt
$$;

comment on function handoff.event_details(uuid) is
  'All that is known of one event: what was sent, what was read, what was decided. No row: unknown.';
