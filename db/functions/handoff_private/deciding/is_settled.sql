-- A completion may be decided anew that completes nothing now: its step was opened again, or the student has left.
create or replace function handoff_private.is_settled(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select p_event.status in ('accepted', 'ignored') and not (
    p_event.meaning = 'completion' and coalesce(p_event.passed, true) and p_event.step_id is not null
    and not handoff_private.is_credited(p_event)
    and (p_event.reason in ('completed', 'completed_early') or exists (
      select
      from handoff.enrollment_steps as s
      join handoff.enrollments as e on e.id = s.enrollment_id
      where s.id = p_event.step_id and (s.status not in ('completed', 'skipped') or e.status = 'withdrawn')
    ))
  )
$$;

comment on function handoff_private.is_settled(handoff.partner_events) is
  'True when the event was applied and that stands: it is not decided again.';
