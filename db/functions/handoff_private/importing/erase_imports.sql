-- Lock order: none.
-- The caller holds: import, profile, enrollments.
-- A line that is known to be a namesake's stays.
create or replace function handoff_private.erase_imports(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_known constant text := handoff_private.person_pattern(p_person);
begin
  update handoff.import_lines as l
  set cells = null, full_name = null, email = null, name_key = null, cohort = null, dropped_at = handoff.clock()
  where l.dropped_at is null and (
    l.profile_id = any (p_person.ids) or l.email = any (p_person.addresses)
    or (
      handoff_private.comparable(array_to_string(l.cells, ' ')) ~ v_known
      and (l.profile_id is null or l.verdict = 'doubtful' or l.profile_id <> all (p_person.namesakes))
    )
  );
  update handoff.imports as i set file_name = '(erased)' where handoff_private.comparable(i.file_name) ~ v_known;
end;
$$;

comment on function handoff_private.erase_imports(handoff_private.forgotten) is
  'Takes what names a person out of the lines of lists; what came of them stays.';
