-- Paged by what stood last on the page before.
create or replace function handoff.find_alerts(
  p_kinds text[] default null,
  p_state text default 'new',
  p_after_severity text default null,
  p_after_at timestamptz default null,
  p_after_id uuid default null,
  p_limit integer default 50
)
returns table (
  id uuid,
  enrollment_id uuid,
  kind text,
  about text,
  severity text,
  numbers jsonb,
  opened_at timestamptz,
  closed_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  snoozed_until timestamptz,
  owner text,
  partner_slug text,
  partner_name text,
  program_name text,
  student_name text,
  student_email text,
  person_name text
)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select
    a.id, a.enrollment_id, a.kind, a.about, a.severity, a.numbers, a.opened_at, a.closed_at, a.acknowledged_at,
    k.full_name, a.snoozed_until, o.full_name, a.partner_slug, p.name, g.name, s.full_name, s.email, w.full_name
  from (
    (
      select n.*
      from (select handoff.clock() as now) as c
      cross join handoff.alerts as n
      where p_state in ('new', 'known') and n.closed_at is null
        and (n.acknowledged_at is not null or coalesce(n.snoozed_until > c.now, false)) = (p_state = 'known')
        and (p_kinds is null or n.kind = any (p_kinds))
        and (
          p_after_id is null or n.severity < p_after_severity
          or (n.severity = p_after_severity and (n.opened_at, n.id) > (p_after_at, p_after_id))
        )
      order by n.severity desc, n.opened_at, n.id
      limit p_limit
    )
    union all
    (
      select n.*
      from handoff.alerts as n
      where p_state = 'closed' and n.closed_at is not null
        and (p_kinds is null or n.kind = any (p_kinds))
        and (p_after_id is null or (n.closed_at, n.id) < (p_after_at, p_after_id))
      order by n.closed_at desc, n.id desc
      limit p_limit
    )
  ) as a
  left join handoff.partners as p on p.slug = a.partner_slug
  left join handoff.enrollments as e on e.id = a.enrollment_id
  left join handoff.programs as g on g.slug = e.program_slug
  left join handoff.profiles as s on s.id = e.student_id
  left join handoff.profiles as w on w.id = a.profile_id
  left join handoff.profiles as k on k.id = a.acknowledged_by
  left join handoff.profiles as o on o.id = a.owner_id
  order by
    case when p_state <> 'closed' then a.severity end desc, case when p_state <> 'closed' then a.opened_at end,
    case when p_state <> 'closed' then a.id end, a.closed_at desc, a.id desc
$$;

comment on function handoff.find_alerts(text[], text, text, timestamptz, uuid, integer) is
  'Alerts, those after the given one: new, or known to somebody or left alone, worst and oldest first; closed, the '
  'last that closed first (p_after_at is its closed_at).';
