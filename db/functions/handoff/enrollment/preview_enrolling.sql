-- Lock order: reader, profile, enrollments, steps, certificate, message.
-- As preview_act: it is done, what follows is read, and all of it is rolled back.
create or replace function handoff.preview_enrolling(
  p_email text, p_full_name text, p_program_slug text, p_cohort text default null
)
returns setof text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_person    constant uuid := handoff_private.profile_of_address(p_email);
  v_after     bigint;
  v_messages  uuid[];
  v_made      record;
  v_sentences text[];
begin
  perform handoff_private.require_admin();
  perform from handoff.trail_readers as r where r.name = 'messages' for update;
  select case when s.is_called then s.last_value else 0 end into v_after from handoff.step_transitions_id_seq as s;
  v_messages := handoff_private.messages_of_person(v_person);
  begin
    select m.* into v_made from handoff_private.enroll_somebody(p_email, p_full_name, p_program_slug, p_cohort) as m;
    perform handoff_private.make_messages(v_after, s.last_value) from handoff.step_transitions_id_seq as s;
    v_sentences := handoff_private.who_is_enrolled(v_made.profile_id, v_made.made_person, p_full_name) || array(
      select c.sentence
      from handoff_private.consequences_of(
        v_made.profile_id, v_after, v_messages, handoff_private.certificates_of_person(v_person)
      ) as c (sentence)
    );
    if not v_made.made_enrollment then
      v_sentences := array_append(
        v_sentences, 'Nothing changes: this person is in the program, or has completed it.'
      );
    end if;
    perform handoff_private.refuse_state('person', v_made.profile_id, 'previewed', 'It was done to see what follows.');
  exception
    when sqlstate 'TH409' then
      if v_sentences is null then
        raise;
      end if;
      return query select c.sentence from unnest(v_sentences) as c (sentence);
  end;
end;
$$;

comment on function handoff.preview_enrolling(text, text, text, text) is
  'What would come of enroll_person, in sentences; nothing is changed. Refused as that would be: TH400, TH403, TH404, '
  'TH409, TH422.';
