-- Lock order: profile, enrollments, steps, certificate.
-- The caller holds: import.
-- Each line is a subtransaction, so that one that is refused changes nothing and stops no other. Who came since the
-- list was looked at, under the same name, makes a new line doubtful; whom the list itself made does not.
create or replace function handoff_private.apply_student(p_line handoff.import_lines)
returns void
language plpgsql
volatile
as $$
declare
  v_made   record;
  v_result text;
  v_error  text;
begin
  if p_line.verdict = 'refused' then
    v_result := 'refused';
  elsif not p_line.is_wanted or p_line.dropped_at is not null then
    v_result := 'left_out';
  elsif p_line.verdict = 'new' and handoff_private.profile_of_address(p_line.email) is null
    and handoff_private.namesake_of(p_line.full_name, p_line.email, array(
      select l.profile_id
      from handoff.import_lines as l
      where l.import_id = p_line.import_id and l.name_key = p_line.name_key and l.made_person
    )) is not null
  then
    v_result := 'doubtful';
  end if;
  if v_result is null then
    begin
      select m.* into v_made
      from handoff_private.enroll_somebody(p_line.email, p_line.full_name, p_line.program_slug, p_line.cohort) as m;
      v_result := handoff_private.result_of_enrolling(v_made.enrollment_id, v_made.made_enrollment);
    exception
      when others then
        if handoff_private.is_server_trouble(sqlstate) then
          raise;
        end if;
        v_result := 'failed';
        v_error := sqlstate;
        v_made := null;
    end;
  end if;
  perform handoff_private.note_result(p_line, v_result, v_error, to_jsonb(v_made));
end;
$$;

comment on function handoff_private.apply_student(handoff.import_lines) is
  'Enrolls the student of a line, or says why not, and notes what came of it.';
