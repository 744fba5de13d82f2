create or replace function handoff_private.outcome_on_done_step(p_event handoff.partner_events, p_step_status text)
returns handoff_private.outcome
language sql
immutable
as $$
  select case
    when p_event.meaning = 'acknowledgement' then '(accepted,acknowledged)'
    when p_event.meaning = 'evidence' then '(accepted,evidence)'
    when p_event.meaning = 'progress' then '(ignored,stale_progress)'
    when not coalesce(p_event.passed, true) then '(ignored,late_failure)'
    when p_step_status = 'skipped' then '(accepted,evidence)'
    else '(ignored,already_completed)'
  end::handoff_private.outcome
$$;

comment on function handoff_private.outcome_on_done_step(handoff.partner_events, text) is
  'The outcome of an event whose step is completed or skipped: nothing goes backwards.';
