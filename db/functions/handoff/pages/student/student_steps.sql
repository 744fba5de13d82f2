-- A certificate says the partner's day, never one after the end: so does the page.
create or replace function handoff.student_steps()
returns table (
  enrollment_id uuid,
  step_id uuid,
  sequence_order integer,
  partner_slug text,
  partner_name text,
  course_ref text,
  status text,
  started_at timestamptz,
  completed_at timestamptz,
  launch_url text,
  support_email text,
  failed_attempts integer,
  progress_count integer,
  progress_total integer,
  refused_at timestamptz,
  account text,
  instructions text,
  registration_hint text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    s.enrollment_id, s.id, s.sequence_order, p.slug, p.name, s.course_ref, s.status, s.started_at,
    case
      when s.status = 'completed' then least(coalesce(s.partner_completed_at, s.completed_at), e.completed_at)
    end,
    handoff.launch_url_of(s.id), p.support_email, s.failed_attempts, s.progress_count, t.progress_total,
    case when a.refused_at >= s.started_at then a.refused_at end, c.account, nullif(p.instructions, ''),
    case when a.accepted_at is null and c.account is null then nullif(p.registration_hint, '') end
  from handoff.enrollments as e
  join handoff.enrollment_steps as s on s.enrollment_id = e.id
  join handoff.partners as p on p.slug = s.partner_slug
  left join handoff.partner_answers as a on a.step_id = s.id
  left join (
    select y.partner_slug, max(y.progress_total) as progress_total
    from handoff.partner_event_types as y
    group by y.partner_slug
  ) as t on t.partner_slug = s.partner_slug
  left join lateral (
    select b.external_student_id
    from handoff.partner_accounts as b
    where b.partner_slug = s.partner_slug and b.student_id = e.student_id
    order by b.linked_at desc, b.external_student_id
    limit 1
  ) as c (account) on s.status = 'in_progress'
  where e.student_id = (select handoff.caller_id())
  order by e.enrolled_at desc, e.id, s.sequence_order
$$;

comment on function handoff.student_steps() is
  'The steps of the caller''s enrollments, in order. A step was completed when its partner says; by our clock where it '
  'told no time. refused_at: when the partner did not take the student for it; account: its id of the student, of a '
  'step in progress; registration_hint: only where the partner does not know the student yet.';
