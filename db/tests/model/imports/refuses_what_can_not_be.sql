begin;
select plan(12);
create function pg_temp.add(p_columns text, p_values text) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.imports (%s) values (%s)',
    concat_ws(', ', nullif(p_columns, ''), b.columns), concat_ws(', ', nullif(p_values, ''), b.values)
  ))
  from (
    select string_agg(d.name, ', ') as columns, string_agg(d.value, ', ') as values
    from (values
      ('kind', '''students'''), ('file_name', '''x'''), ('content_sha256', 'sha256('''')'), ('header', '''{}'''), ('columns', '''{}'''), ('uploaded_at', 'now()')
    ) as d (name, value)
    where d.name <> all (string_to_array(p_columns, ', '))
  ) as b
$$;
select is(pg_temp.add(columns, given), by, what)
from (values
  ('', '', null, 'a list'),
  ('kind', '''marks''', '23514:imports_kind_known', 'of no kind'),
  ('file_name', '''''', '23514:imports_file_name_length', 'without a name'),
  ('content_sha256', '''''', '23514:imports_content_is_sha256', 'without a hash'),
  ('columns', '''[]''', '23514:imports_columns_are_object', 'columns that are none'),
  ('defaults', '''[]''', '23514:imports_defaults_are_object', 'defaults that are none'),
  ('begun_by', 'test.admin()', '23514:imports_person_began', 'begun by somebody, and not begun'),
  ('finished_at', 'now()', '23514:imports_finished_was_begun', 'finished and not begun'),
  ('begun_at', '''-infinity''', '23514:imports_time_order', 'begun before it came'),
  ('uploaded_by', 'gen_random_uuid()', '23503:imports_uploaded_by_fkey', 'of nobody'),
  ('begun_at, begun_by', 'now(), gen_random_uuid()', '23503:imports_begun_by_fkey', 'begun by nobody')
) as c (columns, given, by, what);
insert into handoff.imports (kind, file_name, content_sha256, header, columns, uploaded_at) values ('students', 'x', sha256(''), '{}', '{}', now());
select is(test.refused_by('insert into handoff.imports select i.* from handoff.imports as i'), '23505:imports_pkey', 'twice');
select * from finish();
rollback;
