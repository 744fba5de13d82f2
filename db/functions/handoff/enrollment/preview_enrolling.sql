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
  v_before    handoff_private.before_act;
  v_made      record;
  v_sentences text[];
begin
  perform handoff_private.require_admin();
  v_before := handoff_private.state_before(v_person);
  begin
    select m.* into v_made from handoff_private.enroll_somebody(p_email, p_full_name, p_program_slug, p_cohort) as m;
    v_sentences := handoff_private.who_is_enrolled(v_made.profile_id, v_made.made_person, p_full_name)
      || handoff_private.what_follows(v_made.profile_id, v_before);
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
