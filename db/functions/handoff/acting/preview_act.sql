-- Lock order: reader, import, account, profile, enrollments, event, steps, certificate, answer, message, reach.
-- The act is carried out, what follows is read, and all of it is rolled back: so what is said is what comes.
create or replace function handoff.preview_act(p_act text, p_target text, p_details jsonb default '{}')
returns setof text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person    constant uuid := handoff_private.person_of_target(p_act, p_target);
  v_before    handoff_private.before_act;
  v_sentences text[];
begin
  perform handoff_private.require_admin();
  v_before := handoff_private.state_before(v_person);
  begin
    perform handoff_private.carry_out_act(p_act, p_target, 'to see what follows', coalesce(p_details, '{}'));
    v_sentences := handoff_private.what_follows(v_person, v_before);
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
