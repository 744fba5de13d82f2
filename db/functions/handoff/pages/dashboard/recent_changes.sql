create or replace function handoff.recent_changes()
returns table (
  occurred_at timestamptz,
  student_name text,
  program_name text,
  partner_name text,
  from_status text,
  to_status text,
  cause text,
  actor text
)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select
    t.occurred_at, p.full_name, g.name, r.name, t.from_status, t.to_status, t.cause, coalesce(a.full_name, t.actor_role)
  from (select n.* from handoff.step_transitions as n order by n.id desc limit 50) as t
  join handoff.enrollments as e on e.id = t.enrollment_id
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.enrollment_steps as s on s.id = t.step_id
  left join handoff.partners as r on r.slug = s.partner_slug
  left join handoff.profiles as a on a.id = t.actor_id
  where t.occurred_at > (select handoff.clock() - interval '1 hour')
  order by t.id desc
$$;

comment on function handoff.recent_changes() is
  'Changes of status within the last hour, newest first, at most 50. Without a partner: the enrollment itself.';
