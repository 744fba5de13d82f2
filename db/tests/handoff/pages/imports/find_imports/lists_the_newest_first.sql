begin;
select plan(4);
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
select test.set_clock('2026-03-01T12:00Z');
select test.as_admin(ada) from given;
create temporary table made (n, id) as select 1, test.import(array['name|email|program', 'Al Bo|al@test.example|cna', '|x|cna']);
select handoff.apply_import(id) from made;
select test.travel('1 hour');
insert into made select 2, test.import(array['name|email|program', 'Cy Dee|cy@test.example|cna']);
select results_eq(
  'select m.n, i.uploaded_by, i.finished_at is not null, i.lines, i.enrolled from handoff.find_imports() as i join made as m on m.id = i.import_id order by i.uploaded_at desc',
  $$values (2, 'Ada Admin', false, 1, 0), (1, 'Ada Admin', true, 2, 1)$$, 'who handed in what, and what came of it'
);
select is((select array_agg(i.import_id) from handoff.find_imports('infinity', null, 1) as i), array[id], 'so many') from made where n = 2;
select is((select array_agg(i.import_id) from made as m cross join lateral handoff.find_imports('2026-03-01T13:00Z', m.id) as i where m.n = 2), array[id], 'those before a place') from made where n = 1;
select test.as_admin(john) from given;
select is_empty('select from handoff.find_imports()', 'a student sees none');
select * from finish();
rollback;
