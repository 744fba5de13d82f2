create or replace function handoff_private.faults_of_trail()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  with trail as (
    select
      t.enrollment_id,
      t.step_id,
      t.from_status,
      t.to_status,
      lag(t.to_status) over thread as previous_status,
      lead(t.id) over thread is null as is_last
    from handoff.step_transitions as t
    window thread as (partition by t.enrollment_id, t.step_id order by t.id)
  ),
  thing (enrollment_id, step_id, status) as (
    select e.id, null::uuid, e.status from handoff.enrollments as e
    union all
    select s.enrollment_id, s.id, s.status from handoff.enrollment_steps as s
  )
  select 'each transition starts where the one before it ended', t.enrollment_id, concat(t.from_status, ' to ', t.to_status)
  from trail as t
  where t.from_status is distinct from t.previous_status

  union all
  select 'the audit trail replays to the current state', g.enrollment_id, concat(g.status, ', the trail says ', t.to_status)
  from thing as g
  left join trail as t on t.enrollment_id = g.enrollment_id and t.step_id is not distinct from g.step_id and t.is_last
  where t.to_status is distinct from g.status
$$;

comment on function handoff_private.faults_of_trail() is
  'What is wrong in the audit trail.';
