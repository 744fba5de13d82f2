-- Lock order: message.
-- The caller holds: reader.
create or replace function handoff_private.what_follows(p_profile_id uuid, p_before handoff_private.before_act)
returns text[]
language plpgsql
volatile
as $$
begin
  perform handoff_private.make_messages(p_before.trail_id, s.last_value) from handoff.step_transitions_id_seq as s;
  return handoff_private.consequences_of(p_profile_id, p_before);
end;
$$;

comment on function handoff_private.what_follows(uuid, handoff_private.before_act) is
  'What has followed from an act that is taken back after this, in sentences; also the messages that the worker '
  'would make.';
