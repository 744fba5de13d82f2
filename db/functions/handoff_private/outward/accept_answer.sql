-- Lock order: account, profile, enrollments, event, steps, certificate, answer.
-- What can't be used is left out with a note: the partner has the student all the same. An account that is our id of
-- another student would draw that student's events here. A student who is none any more is linked
-- to nothing. A partner that is being renamed is known by its new name at the next try.
create or replace function handoff_private.accept_answer(p_message handoff.outbox, p_answer jsonb, p_detail text)
returns text
language plpgsql
volatile
as $$
declare
  v_student constant uuid := handoff_private.student_of_enrollment(p_message.enrollment_id);
  v_detail  text := p_detail;
begin
  if p_answer ? 'external_student_id' then
    begin
      if handoff_private.student_of_id(p_answer ->> 'external_student_id') <> v_student then
        perform handoff_private.refuse_state('student', v_student, 'another', 'This id is another student''s.');
      end if;
      perform handoff.link_partner_account(p_message.partner_slug, p_answer ->> 'external_student_id', v_student);
    exception
      when sqlstate 'TH400' or sqlstate 'TH404' or sqlstate 'TH409' then
        if not exists (select from handoff.partners as p where p.slug = p_message.partner_slug) then
          raise;
        end if;
        v_detail := concat_ws('; ', v_detail, 'external_student_id is another student''s, or none that can be used');
    end;
  end if;
  perform handoff_private.lock_enrollments_of(handoff_private.student_of_enrollment(p_message.enrollment_id));
  update handoff.enrollment_steps as s
  set external_enrollment_id = p_answer ->> 'external_enrollment_id'
  where s.id = p_message.step_id and s.external_enrollment_id is null and p_answer ? 'external_enrollment_id';
  insert into handoff.partner_answers as a (step_id, accepted_at, launch_url)
  values (p_message.step_id, handoff.clock(), p_answer ->> 'launch_url')
  on conflict (step_id) do update
  set
    accepted_at = coalesce(a.accepted_at, excluded.accepted_at),
    refused_at = null,
    launch_url = coalesce(excluded.launch_url, a.launch_url);
  return v_detail;
end;
$$;

comment on function handoff_private.accept_answer(handoff.outbox, jsonb, text) is
  'The partner has taken the student: keeps its account, its id of the enrollment and its link, so that its events '
  'are matched. Returns the note, with what could not be used.';
