-- Paged by what stood last on the page before: no page is skipped or shown twice while events come in.
create or replace function handoff.find_events(
  p_partner_slug text default null,
  p_status text default null,
  p_reason text default null,
  p_before_at timestamptz default 'infinity',
  p_before_receipt uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_before_sha256 bytea default '',
  p_limit integer default 50
)
returns table (
  receipt uuid,
  received_at timestamptz,
  partner_slug text,
  partner_name text,
  status text,
  reason text,
  event_type text,
  external_student_id text,
  sqlstate text,
  due_at timestamptz,
  body_sha256 bytea,
  other_sha256 bytea
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    n.receipt, n.received_at, p.slug, p.name, n.status, n.reason, n.event_type, n.external_student_id, n.error_code,
    n.due_at, n.body_sha256, n.other_sha256
  from (
    (
      select
        e.receipt, e.received_at, e.partner_slug, e.status, e.reason, e.event_type, e.external_student_id, e.error_code,
        e.due_at, e.body_sha256, ''::bytea as other_sha256
      from handoff.partner_events as e
      where e.status in ('parked', 'rejected') and e.set_aside_at is null
        and (p_partner_slug is null or e.partner_slug = p_partner_slug)
        and (p_status is null or e.status = p_status)
        and (p_reason is null or e.reason = p_reason)
        and (e.received_at, e.receipt, ''::bytea) < (p_before_at, p_before_receipt, p_before_sha256)
      order by e.received_at desc, e.receipt desc
      limit p_limit
    )
    union all
    (
      select
        c.receipt, c.received_at, e.partner_slug, 'conflict', 'key_reused', e.event_type, e.external_student_id, null,
        null, e.body_sha256, c.body_sha256
      from handoff.partner_event_conflicts as c
      join handoff.partner_events as e on e.receipt = c.receipt
      where (p_partner_slug is null or e.partner_slug = p_partner_slug)
        and (p_status is null or p_status = 'conflict')
        and (p_reason is null or p_reason = 'key_reused')
        and (c.received_at, c.receipt, c.body_sha256) < (p_before_at, p_before_receipt, p_before_sha256)
      order by c.received_at desc, c.receipt desc, c.body_sha256 desc
      limit p_limit
    )
  ) as n
  join handoff.partners as p on p.slug = n.partner_slug
  order by n.received_at desc, n.receipt desc, n.other_sha256 desc
  limit p_limit
$$;

comment on function handoff.find_events(text, text, text, timestamptz, uuid, bytea, integer) is
  'Parked, rejected and conflicting deliveries that fit, newest first, those before the given one. other_sha256: the '
  'other body of a conflict, else empty.';
