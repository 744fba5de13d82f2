-- A row for each enrollment, the newest first, by the index of that order; what is looked up for a row is looked up for
-- those of the page alone.
create or replace function handoff.students_listed(
  p_state text default null,
  p_program_slug text default null,
  p_partner_slug text default null,
  p_text text default null,
  p_before_at timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 50
)
returns table (
  enrollment_id uuid,
  profile_id uuid,
  full_name text,
  email text,
  program_name text,
  status text,
  enrolled_at timestamptz,
  steps jsonb,
  partner_name text,
  since timestamptz,
  last_sign_at timestamptz,
  is_late boolean
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with chosen as materialized (
    select e.*
    from handoff.enrollments as e
    where (e.enrolled_at, e.id) < (p_before_at, p_before_id)
      and (p_program_slug is null or e.program_slug = p_program_slug)
      and (p_text is null or e.student_id in (select handoff.people_found(p_text, null)))
      and case
        when p_state is null then true
        when p_state = 'late' then exists (
          select
          from handoff.alerts as a
          where a.enrollment_id = e.id and a.closed_at is null and a.kind in ('stuck_student', 'enrollment_blocked')
        )
        else e.status = p_state
      end
      and (p_partner_slug is null or exists (
        select
        from handoff.enrollment_steps as s
        where s.enrollment_id = e.id and s.partner_slug = p_partner_slug and s.status = 'in_progress'
      ))
    order by e.enrolled_at desc, e.id desc
    limit p_limit
  )
  select
    c.id, p.id, p.full_name, p.email, g.name, c.status, c.enrolled_at, coalesce(t.steps, '[]'), n.name, n.started_at,
    greatest(
      (select max(e.received_at) from handoff.partner_events as e where e.student_id = p.id),
      (select max(h.occurred_at) from handoff.step_transitions as h where h.enrollment_id = c.id and h.event_receipt is not null)
    ),
    exists (
      select
      from handoff.alerts as a
      where a.enrollment_id = c.id and a.closed_at is null and a.kind in ('stuck_student', 'enrollment_blocked')
    )
  from chosen as c
  join handoff.profiles as p on p.id = c.student_id
  join handoff.programs as g on g.slug = c.program_slug
  left join lateral (
    select jsonb_agg(jsonb_build_object('partner', r.name, 'slug', r.slug, 'status', s.status) order by s.sequence_order) as steps
    from handoff.enrollment_steps as s
    join handoff.partners as r on r.slug = s.partner_slug
    where s.enrollment_id = c.id
  ) as t on true
  left join lateral (
    select r.name, s.started_at
    from handoff.enrollment_steps as s
    join handoff.partners as r on r.slug = s.partner_slug
    where s.enrollment_id = c.id and s.status = 'in_progress'
  ) as n on true
  order by c.enrolled_at desc, c.id desc
$$;

comment on function handoff.students_listed(text, text, text, text, timestamptz, uuid, integer) is
  'Enrollments with their students, the newest first: of a status (or late: an alert says so), of a program, in '
  'progress with a partner, of whom a text is. steps: each with partner and status; since: when the step in '
  'progress began; last_sign_at: the last that a partner told. Paged by enrolled_at and id.';
