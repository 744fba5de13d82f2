-- A program that is closed stops only who is not in it already; enroll_student says so then.
create or replace function handoff_private.read_student(p_import handoff.imports, p_line handoff.import_lines)
returns handoff.import_lines
language plpgsql
stable
as $$
declare
  v_line     handoff.import_lines := p_line;
  v_name     constant text := coalesce(
    handoff_private.field_of_line(p_import, p_line.cells, 'name'),
    nullif(concat_ws(
      ' ',
      handoff_private.field_of_line(p_import, p_line.cells, 'first'),
      handoff_private.field_of_line(p_import, p_line.cells, 'last')
    ), '')
  );
  v_email    constant text := handoff_private.field_of_line(p_import, p_line.cells, 'email');
  v_program  constant text := handoff_private.field_of_line(p_import, p_line.cells, 'program');
  v_programs constant text[] := handoff_private.programs_asked(v_program);
  v_cohort   constant text := handoff_private.field_of_line(p_import, p_line.cells, 'cohort');
  v_fault    text;
begin
  v_line.full_name := handoff_private.stored_name(v_name);
  v_line.email := handoff_private.stored_address(v_email);
  v_line.name_key := handoff_private.name_key(v_line.full_name);
  v_line.program_slug := case when cardinality(v_programs) = 1 then v_programs[1] end;
  v_line.cohort := handoff_private.stored_name(v_cohort);
  v_fault := case
    when v_name is null then 'no_name'
    when v_line.full_name is null or v_line.name_key = '' then 'bad_name'
    when v_email is null then 'no_email'
    when v_line.email is null then 'bad_email'
    when v_program is null then 'no_program'
    when v_programs = '{}' then 'unknown_program'
    when cardinality(v_programs) > 1 then 'unclear_program'
    when v_cohort is not null and (v_line.cohort is null or length(v_line.cohort) > 100) then 'bad_cohort'
    when not handoff_private.takes_students(v_line.program_slug) then 'program_not_ready'
    when not (select g.is_open from handoff.programs as g where g.slug = v_line.program_slug)
      and not handoff_private.is_in_program(v_line.email, v_line.program_slug) then 'program_closed'
  end;
  return case when v_fault is null then v_line else handoff_private.judged(v_line, 'refused', v_fault) end;
end;
$$;

comment on function handoff_private.read_student(handoff.imports, handoff.import_lines) is
  'A line of a list of students as it is read: name, address, program and cohort as they are stored, or why it is '
  'refused.';
