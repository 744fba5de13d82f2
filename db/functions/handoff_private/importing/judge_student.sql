-- What stands in the list before the line counts as well: that is judged before.
create or replace function handoff_private.judge_student(p_import handoff.imports, p_line handoff.import_lines)
returns handoff.import_lines
language plpgsql
stable
as $$
declare
  v_line     handoff.import_lines := handoff_private.read_student(p_import, p_line);
  v_in_list  handoff.import_lines;
begin
  if v_line.verdict is not null then
    return v_line;
  end if;
  select l.* into v_in_list
  from handoff.import_lines as l
  where l.import_id = p_line.import_id and l.email = v_line.email and l.line < p_line.line and l.verdict <> 'refused'
  order by l.program_slug <> v_line.program_slug, l.line
  limit 1;
  v_line.profile_id := handoff_private.profile_of_address(v_line.email);
  if v_in_list.program_slug = v_line.program_slug then
    return handoff_private.judged(v_line, 'refused', 'repeated', null, v_in_list.line);
  elsif v_line.profile_id is not null then
    return handoff_private.judge_known(v_line);
  end if;
  v_line.profile_id := handoff_private.namesake_of(v_line.full_name, v_line.email);
  if v_line.profile_id is not null then
    return handoff_private.judged(v_line, 'doubtful', 'same_name', v_line.profile_id, null);
  end if;
  if v_in_list.line is not null then
    return handoff_private.judged(v_line, 'new', 'same_person', null, v_in_list.line);
  end if;
  select l.* into v_in_list
  from handoff.import_lines as l
  where l.import_id = p_line.import_id and l.name_key = v_line.name_key and l.line < p_line.line and l.verdict <> 'refused'
  order by l.line
  limit 1;
  return handoff_private.judged(
    v_line, case when found then 'doubtful' else 'new' end, case when found then 'same_name_in_list' end, null, v_in_list.line
  );
end;
$$;

comment on function handoff_private.judge_student(handoff.imports, handoff.import_lines) is
  'A line of a list of students with what is found about it: new, known, doubtful or refused, and why.';
