begin;
select plan(6);
create temporary table given as select test.admin() as ada, test.student('zoe@test.example') as zoe, test.student('amy@test.example') as amy;
update handoff.profiles set full_name = 'Zoë Quux' where email = 'zoe@test.example';
grant select on given to public;
select test.as_admin(ada) from given;
create temporary table made as select test.import(array[
  'name|email|program|note',
  'Zoë Quux|zoe@test.example|cna|',
  'Quux, Zoe|other@test.example|cna|',
  'Amy Student|amy@test.example|cna|',
  'Bo Al||cna|a friend of zoe quux'
]) as id;
select handoff.apply_import(id) from made;
create temporary table data as select handoff.profile_data(zoe) as data from given;
select is(jsonb_array_length(data -> 'import_lines'), 1, 'a person gets the own lines of lists') from data;
select is((select jsonb_array_length(handoff.profile_data(ada) -> 'imports') from given), 1, 'who handed a list in gets what is known of it');
select handoff.erase_profile(zoe, 'asked for it') from given;
select is((select array_agg(l.line order by l.line) from handoff.import_lines as l where l.cells is not null), '{4}', 'who is forgotten is in no line any more, a possible namesake''s neither');
select is((select concat_ws(' ', l.result, l.full_name, l.email) from handoff.import_lines as l where l.line = 2), 'enrolled', 'what came of it stays');
select is((select count(*) from handoff.import_lines as l where l.line = 4 and l.email = 'amy@test.example'), 1::bigint, 'others stay as they are');
select is_empty($$select from handoff.import_lines as l where handoff.search_form(l::text) like '%quux%'$$, 'the name is nowhere');
select * from finish();
rollback;
