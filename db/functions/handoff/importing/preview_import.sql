-- Lock order: import.
create or replace function handoff.preview_import(p_import_id uuid, p_limit integer default 200)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_import handoff.imports;
  v_line   handoff.import_lines;
begin
  perform handoff_private.require_admin();
  v_import := handoff_private.lock_import(p_import_id);
  for v_line in
    select l.*
    from handoff.import_lines as l
    where l.import_id = p_import_id and l.verdict is null and l.dropped_at is null
    order by l.line
    limit greatest(p_limit, 0)
  loop
    v_line := handoff_private.judge_student(v_import, v_line);
    update handoff.import_lines as l
    set
      full_name = v_line.full_name,
      email = v_line.email,
      name_key = v_line.name_key,
      cohort = v_line.cohort,
      program_slug = v_line.program_slug,
      verdict = v_line.verdict,
      reason = v_line.reason,
      profile_id = v_line.profile_id,
      other_line = v_line.other_line,
      is_wanted = v_line.is_wanted
    where l.import_id = p_import_id and l.line = v_line.line;
  end loop;
  return (
    select count(*)::integer
    from handoff.import_lines as l
    where l.import_id = p_import_id and l.verdict is null and l.dropped_at is null
  );
end;
$$;

comment on function handoff.preview_import(uuid, integer) is
  'Looks at so many lines of a list and notes of each what would come of it; returns how many are left. TH403, TH404.';
