begin;
select plan(5);
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
select test.set_clock('2026-03-01T12:00Z');
select test.as_admin(ada) from given;
create temporary table made (n, id) as select 1, test.import(array['name|email|program', 'Al Bo|al@test.example|cna', '|x|cna', 'John Student|other@test.example|cna']);
select results_eq(
  'select d.verdicts, d.results, d.lines, d.to_judge, d.to_do, d.wanted, d.would_enroll, d.earlier_id from made as m cross join lateral handoff.import_details(m.id) as d',
  $$values ('{"new": 1, "refused": 1, "doubtful": 1}'::jsonb, '{}'::jsonb, 3, 0, 3, 0, 1, null::uuid)$$, 'what is to be done'
);
select handoff.apply_import(id) from made;
select results_eq(
  'select d.results, d.to_do, d.begun_by from made as m cross join lateral handoff.import_details(m.id) as d',
  $$values ('{"enrolled": 1, "refused": 1, "left_out": 1}'::jsonb, 0, 'Ada Admin')$$, 'what came of it'
);
select test.travel('1 hour');
insert into made select 2, test.import(array['name|email|program', 'Al Bo|al@test.example|cna', '|x|cna', 'John Student|other@test.example|cna']);
select is((select d.earlier_id from made as m cross join lateral handoff.import_details(m.id) as d where m.n = 2), id, 'the same list was applied before') from made where n = 1;
select is_empty('select from handoff.import_details(gen_random_uuid())', 'an unknown one');
select test.as_admin(john) from given;
select is_empty('select from made as m cross join lateral handoff.import_details(m.id)', 'a student sees none');
select * from finish();
rollback;
