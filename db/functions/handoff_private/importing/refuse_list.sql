create or replace function handoff_private.refuse_list(p_header text[], p_columns jsonb, p_defaults jsonb, p_lines integer)
returns void
language plpgsql
immutable
as $$
declare
  v_missing constant text[] := array_remove(array[
    case when not p_columns ?| '{name,first,last}' then 'name' end,
    case when not p_columns ? 'email' then 'email' end,
    case when not p_columns ? 'program' and coalesce(btrim(p_defaults ->> 'program'), '') = '' then 'program' end
  ], null);
begin
  if v_missing <> '{}' then
    raise exception using
      errcode = 'TH400',
      message = 'columns are missing',
      detail = jsonb_build_object('missing', v_missing, 'header', p_header)::text,
      hint = 'The first line names the columns: name, or first name and last name; e-mail; program, or one for the whole list.';
  elsif p_lines = 0 then
    raise exception using
      errcode = 'TH400',
      message = 'no lines',
      detail = '{"argument": "p_rows"}',
      hint = 'Below the line that names the columns there has to be one at least.';
  elsif p_lines > 5000 then
    raise exception using
      errcode = 'TH413',
      message = 'too many lines',
      detail = jsonb_build_object('lines', p_lines)::text,
      hint = 'Hand in 5000 lines at most at once.';
  end if;
end;
$$;

comment on function handoff_private.refuse_list(text[], jsonb, jsonb, integer) is
  'Refuses a list of students as a whole: TH400 a column is missing or there are no lines, TH413 there are too many.';
