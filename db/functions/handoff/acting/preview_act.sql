-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
-- The act is carried out, what follows is read, and all of it is rolled back: so what is said is what comes. The trail
-- is not followed meanwhile, or the worker and we would wait for each other's messages.
create or replace function handoff.preview_act(p_act text, p_target text, p_details jsonb default '{}')
returns setof text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person       constant uuid := handoff_private.person_of_target(p_act, p_target);
  v_after        bigint;
  v_messages     uuid[];
  v_certificates text[];
  v_sentences    text[];
begin
  perform handoff_private.require_admin();
  perform from handoff.trail_readers as r where r.name = 'messages' for update;
  select case when s.is_called then s.last_value else 0 end into v_after from handoff.step_transitions_id_seq as s;
  v_messages := handoff_private.messages_of_person(v_person);
  v_certificates := handoff_private.certificates_of_person(v_person);
  begin
    perform handoff_private.carry_out_act(p_act, p_target, 'to see what follows', coalesce(p_details, '{}'));
    perform handoff_private.make_messages(v_after, s.last_value) from handoff.step_transitions_id_seq as s;
    v_sentences := array(
      select c.sentence
      from handoff_private.consequences_of(v_person, v_after, v_messages, v_certificates) as c (sentence)
    );
    perform handoff_private.refuse_state('person', v_person, 'previewed', 'It was done to see what follows.');
  exception
    when sqlstate 'TH409' then
      if v_sentences is null then
        raise;
      end if;
      return query select c.sentence from unnest(v_sentences) as c (sentence);
  end;
end;
$$;

comment on function handoff.preview_act(text, text, jsonb) is
  'What would come of an act of possible_acts, in sentences; nothing is changed. Refused as the act itself would '
  'be: TH400, TH403, TH404, TH409, TH422.';
