create or replace function handoff_private.outcome_on_open_step(
  p_event handoff.partner_events, p_step_id uuid, p_step_status text
)
returns text
language plpgsql
stable
as $$
begin
  if p_event.meaning <> 'completion' then
    return case
      when p_event.meaning = 'acknowledgement' then 'accepted:acknowledged'
      when p_event.meaning = 'evidence' then 'accepted:evidence'
      when handoff_private.is_known_progress(p_event, p_step_id) then 'ignored:stale_progress'
      else 'accepted:progress'
    end;
  elsif not coalesce(p_event.passed, true) then
    return 'accepted:attempt_failed';
  end if;
  return case when p_step_status = 'pending' then 'accepted:completed_early' else 'accepted:completed' end;
end;
$$;

comment on function handoff_private.outcome_on_open_step(handoff.partner_events, uuid, text) is
  'status:reason of an event whose step is pending, in progress or failed.';
