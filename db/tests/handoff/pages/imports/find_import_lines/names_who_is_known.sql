begin;
select plan(4);
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
select test.as_admin(ada) from given;
create temporary table made as select test.import(array['name|email|program', 'Jon|john@test.example|cna', 'Al Bo|al@test.example|cna', 'Bo Al|bo@test.example|cna']) as id;
grant select on made to public;
select results_eq(
  'select l.line, l.cells, l.program_name, l.verdict, l.known_name, l.known_email, l.other_line from made as m cross join lateral handoff.find_import_lines(m.id) as l',
  $$select l.line, l.cells, g.name, l.verdict, l.known_name, l.known_email, l.other_line from handoff.programs as g cross join (values
    (2, '{Jon,john@test.example,cna}'::text[], 'known', 'John Student', 'john@test.example', null::integer),
    (3, '{Al Bo,al@test.example,cna}', 'new', null, null, null), (4, '{Bo Al,bo@test.example,cna}', 'doubtful', null, null, 3)
  ) as l (line, cells, verdict, known_name, known_email, other_line) where g.slug = 'cna' order by l.line$$, 'lines with whom they mean'
);
select is((select array_agg(l.line) from made as m cross join lateral handoff.find_import_lines(m.id, 'new') as l), '{3}', 'of one verdict');
select is((select array_agg(l.line) from made as m cross join lateral handoff.find_import_lines(m.id, null, 2, 1) as l), '{3}', 'so many behind one');
select test.as_admin(john) from given;
select is_empty('select from made as m cross join lateral handoff.find_import_lines(m.id)', 'a student sees none');
select * from finish();
rollback;
