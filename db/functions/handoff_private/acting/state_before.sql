-- Lock order: reader.
-- The trail is not followed until the transaction ends, or the worker and we would wait for each other's messages.
create or replace function handoff_private.state_before(p_profile_id uuid)
returns handoff_private.before_act
language plpgsql
volatile
as $$
declare
  v_before handoff_private.before_act;
begin
  perform from handoff.trail_readers as r where r.name = 'messages' for update;
  select case when s.is_called then s.last_value else 0 end into v_before.trail_id from handoff.step_transitions_id_seq as s;
  v_before.messages := handoff_private.messages_of_person(p_profile_id);
  v_before.certificates := handoff_private.certificates_of_person(p_profile_id);
  return v_before;
end;
$$;

comment on function handoff_private.state_before(uuid) is
  'What there is of a person before an act is tried: what is more after it has followed from it. Null: nobody yet.';
