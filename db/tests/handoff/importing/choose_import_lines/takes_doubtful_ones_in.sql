begin;
select plan(6);
create temporary table given as select test.admin() as ada, test.student('maria@test.example') as maria;
grant select on given to public;
select test.as_admin(ada) from given;
create temporary table made as
select test.import(array['name|email|program', 'Maria Student|m@test.example|cna', 'Student Maria|n@test.example|cna', 'Al Bo|al@test.example|cna', '|x@test.example|cna']) as id;
create function pg_temp.wanted() returns integer[] language sql as $$ select array_agg(l.line order by l.line) from handoff.import_lines as l where l.is_wanted $$;
select is(handoff.choose_import_lines(id, '{2,3,4,5}', '{3,5}'), 1, 'one of two doubtful lines is chosen') from made;
select is(pg_temp.wanted(), '{3,4}', 'a new one needs no choice, a refused one can not be chosen');
select is(handoff.choose_import_lines(id, '{2}', '{2}'), 2, 'what was not looked at stays as it was') from made;
select is(handoff.choose_import_lines(id, '{2,3}', '{}'), 0, 'and a choice is taken back') from made;
select handoff.apply_import(id) from made;
select throws_ok(format('select handoff.choose_import_lines(%L, ''{2}'', ''{2}'')', id), 'TH409', null, 'not once it is applied') from made;
select test.as_admin(maria) from given;
select throws_ok('select handoff.choose_import_lines(gen_random_uuid(), ''{}'', ''{}'')', 'TH403', null, 'a student chooses nothing');
select * from finish();
rollback;
