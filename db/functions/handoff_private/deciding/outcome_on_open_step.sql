create or replace function handoff_private.outcome_on_open_step(
  p_event handoff.partner_events, p_step_id uuid, p_step_status text
)
returns handoff_private.outcome
language sql
stable
as $$
  select case
    when p_event.meaning = 'acknowledgement' then '(accepted,acknowledged)'
    when p_event.meaning = 'evidence' then '(accepted,evidence)'
    when p_event.meaning = 'progress' and handoff_private.is_known_progress(p_event, p_step_id) then '(ignored,stale_progress)'
    when p_event.meaning = 'progress' then '(accepted,progress)'
    when not coalesce(p_event.passed, true) then '(accepted,attempt_failed)'
    when p_step_status = 'pending' then '(accepted,completed_early)'
    else '(accepted,completed)'
  end::handoff_private.outcome
$$;

comment on function handoff_private.outcome_on_open_step(handoff.partner_events, uuid, text) is
  'The outcome of an event whose step is pending, in progress or failed.';
