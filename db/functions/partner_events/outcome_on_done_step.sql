create or replace function handoff_private.outcome_on_done_step(
  p_event handoff.partner_events, p_meaning text, p_step_status text
)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_meaning = 'acknowledgement' then 'accepted:acknowledged'
    when p_meaning = 'evidence' then 'accepted:evidence'
    when p_meaning = 'progress' then 'ignored:stale_progress'
    when not coalesce(p_event.passed, true) then 'ignored:late_failure'
    when p_step_status = 'skipped' then 'accepted:evidence'
    else 'ignored:already_completed'
  end
$$;

comment on function handoff_private.outcome_on_done_step(handoff.partner_events, text, text) is
  'status:reason of an event whose step is completed or skipped: nothing goes backwards.';
