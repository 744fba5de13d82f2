begin;
select plan(16);
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
select test.as_admin(ada) from given;

create temporary table made as
select handoff.read_import('students', 'autumn.csv', '[[1, ["Full name", "E-Mail", "PROGRAM ", "Group"]], [2, ["Zoë Lee", "zoe@x.example", "cna", "Fall"]], [4, ["Bob"]]]') as id;
select results_eq(
  'select i.kind, i.file_name, i.header, i.columns, i.uploaded_by = g.ada, i.begun_at is null from handoff.imports as i cross join given as g',
  $$values ('students', 'autumn.csv', array['Full name', 'E-Mail', 'PROGRAM ', 'Group'], '{"name": 1, "email": 2, "program": 3, "cohort": 4}'::jsonb, true, true)$$,
  'a list has its columns by their usual names, and who handed it in'
);
select results_eq(
  'select l.line, l.cells from handoff.import_lines as l order by l.line',
  $$values (2, array['Zoë Lee', 'zoe@x.example', 'cna', 'Fall']), (4, array['Bob'])$$, 'its lines have their numbers and stand as they are'
);
select is_empty('select from handoff.import_lines as l where l.verdict is not null', 'nothing is said of them yet');
select is((select count(*) from handoff.profiles), 2::bigint, 'and nobody is made');
create temporary table others (n, id) as select 1, handoff.read_import('students', 'x', '[[1, ["Surname", "First_Name", "Mail", "Unknown", "E-mail address"]], [2, ["Lee"]]]', '{"program": "cna"}');
insert into others select 2, handoff.read_import('students', E'a\nb', '[[1, ["name", "email", "program"]], [2, []]]');
select is(
  (select i.columns from handoff.imports as i join others as o on o.id = i.id where o.n = 1), '{"first": 2, "last": 1, "email": 3}'::jsonb,
  'a name in two columns; of two with an address the first; the program of the whole list'
);
select is(
  (select i.file_name from handoff.imports as i join others as o on o.id = i.id where o.n = 2), 'list',
  'a file without a name that can be shown'
);

create function pg_temp.refused(p_rows jsonb, p_kind text default 'students', p_defaults jsonb default '{}') returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform handoff.read_import(p_kind, 'x', p_rows, p_defaults);
  return null;
exception
  when others then
    get stacked diagnostics v_detail = pg_exception_detail;
    return sqlstate || ' ' || sqlerrm || ' ' || coalesce(v_detail::jsonb ->> 'missing', '');
end;
$$;
select is(pg_temp.refused('[[1, ["name", "email"]], [2, ["a"]]]'), 'TH400 columns are missing ["program"]', 'no program');
select is(pg_temp.refused('[[1, ["a", "b"]], [2, ["a"]]]'), 'TH400 columns are missing ["name", "email", "program"]', 'no names of columns');
select is(pg_temp.refused('[]'), 'TH400 columns are missing ["name", "email", "program"]', 'nothing');
select is(pg_temp.refused(null), 'TH400 columns are missing ["name", "email", "program"]', 'nothing at all');
select is(pg_temp.refused('[[1, ["name", "email", "program"]]]'), 'TH400 no lines ', 'no lines');
select is(
  pg_temp.refused((select '[[1, ["name", "email", "program"]]]'::jsonb || jsonb_agg(jsonb_build_array(n, '[]'::jsonb)) from generate_series(2, 5002) as n)),
  'TH413 too many lines ', 'too many'
);
select is(pg_temp.refused('[[1, ["name", "email", "program"]], [2, []]]', 'marks'), 'TH400 unknown kind of import ', 'another kind');
select is(pg_temp.refused('[[1, ["name", "email"]], [2, []]]', 'students', jsonb_build_object('program', 'cna', 'cohort', repeat('x', 101))), 'TH400 not a cohort ', 'a cohort that can be none');
select test.as_admin(john) from given;
select is(pg_temp.refused('[[1, ["name", "email", "program"]], [2, []]]'), 'TH403 not an admin ', 'a student hands in none');
select is_empty('select from handoff.imports', 'and sees none');
select * from finish();
rollback;
