-- Lock order: import.
-- It only stores what stands in the list; preview_import looks at the lines. What is longer than a thousand characters
-- can't be right, and is cut.
create or replace function handoff.read_import(
  p_kind text, p_file_name text, p_rows jsonb, p_defaults jsonb default '{}'
)
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_header  text[];
  v_columns jsonb;
  v_id      uuid;
begin
  perform handoff_private.require_admin();
  if p_kind is distinct from 'students' then
    raise exception using
      errcode = 'TH400',
      message = 'unknown kind of import',
      detail = jsonb_build_object('kind', p_kind)::text,
      hint = 'Lists of students can be imported.';
  end if;
  v_header := array(
    select left(t.title, 1000)
    from jsonb_array_elements_text(p_rows -> 0 -> 1) with ordinality as t (title, place)
    where t.place <= 100
    order by t.place
  );
  v_columns := handoff_private.columns_of_header(v_header);
  perform handoff_private.stored_cohort(p_defaults ->> 'cohort');
  perform handoff_private.refuse_list(
    v_header, v_columns, coalesce(p_defaults, '{}'), greatest(coalesce(jsonb_array_length(p_rows), 0) - 1, 0)
  );
  insert into handoff.imports (kind, file_name, content_sha256, header, columns, defaults, uploaded_at, uploaded_by)
  values (
    p_kind,
    coalesce(handoff_private.stored_name(left(p_file_name, 200)), 'list'),
    sha256(convert_to(p_rows::text || coalesce(p_defaults, '{}')::text, 'UTF8')),
    v_header, v_columns, coalesce(p_defaults, '{}'), handoff.clock(),
    handoff_private.acting_person(handoff_private.caller_role())
  )
  returning id into v_id;
  insert into handoff.import_lines (import_id, line, cells)
  select v_id, (r.row ->> 0)::integer, array(
    select left(c.cell, 1000)
    from jsonb_array_elements_text(r.row -> 1) with ordinality as c (cell, place)
    where c.place <= 100
    order by c.place
  )
  from jsonb_array_elements(p_rows) with ordinality as r (row, place)
  where r.place > 1
  order by r.place;
  return v_id;
end;
$$;

comment on function handoff.read_import(text, text, jsonb, jsonb) is
  'Stores a list for preview_import and returns its id. p_rows: [[1, ["Name", "E-mail"]], [2, ["..."]]], the '
  'number of each line and its cells, the header first; p_defaults: program and cohort of lines that name none. '
  'TH400, TH403, TH413.';
