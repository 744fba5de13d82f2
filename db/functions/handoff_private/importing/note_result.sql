-- Lock order: none.
-- The caller holds: import.
create or replace function handoff_private.note_result(
  p_line handoff.import_lines, p_result text, p_error text, p_made jsonb
)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.import_lines as l
  set
    result = p_result,
    error_code = p_error,
    profile_id = coalesce((p_made ->> 'profile_id')::uuid, l.profile_id),
    enrollment_id = (p_made ->> 'enrollment_id')::uuid,
    made_enrollment = coalesce((p_made ->> 'made_enrollment')::boolean, false),
    made_person = coalesce((p_made ->> 'made_person')::boolean, false),
    done_at = handoff.clock()
  where l.import_id = p_line.import_id and l.line = p_line.line;
end;
$$;

comment on function handoff_private.note_result(handoff.import_lines, text, text, jsonb) is
  'Notes what came of a line. p_made: what enroll_somebody returned; null: nothing.';
