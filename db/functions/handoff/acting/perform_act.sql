-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
-- An act on an account locks that first, and one on two people both in their order: those are not asked for p_seen.
create or replace function handoff.perform_act(
  p_act text, p_target text, p_reason text, p_details jsonb default '{}', p_seen bigint default null
)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform handoff_private.require_admin();
  if p_seen is not null and p_act not in ('link', 'unlink', 'merge', 'erase') then
    perform handoff_private.refuse_if_changed(handoff_private.person_of_target(p_act, p_target), p_seen);
  end if;
  return handoff_private.carry_out_act(p_act, p_target, p_reason, coalesce(p_details, '{}'));
end;
$$;

comment on function handoff.perform_act(text, text, text, jsonb, bigint) is
  'Does an act of possible_acts, by the function that is named like it; returns what that returns. p_seen: TH409 '
  'when something of the person has changed since. TH400, TH403, TH404, TH409, TH422.';
