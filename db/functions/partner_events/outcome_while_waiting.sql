create or replace function handoff_private.outcome_while_waiting(p_enrollment_status text)
returns text
language plpgsql
immutable
as $$
begin
  return 'parked:' || case p_enrollment_status when 'pending' then 'awaiting_approval' else p_enrollment_status end;
end;
$$;

comment on function handoff_private.outcome_while_waiting(text) is
  'status:reason of an event for an open step of an enrollment that does not move: pending, on_hold or withdrawn.';
