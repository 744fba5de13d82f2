begin;
select plan(26);
create temporary table given as
select test.admin() as ada, test.student('john@test.example') as john, test.enroll('cna', 'john@test.example') as johns, test.student('maria@test.example') as maria;
update handoff.profiles set full_name = 'María García' where email = 'maria@test.example';
update handoff.programs set is_open = false where slug = 'emt';
insert into handoff.programs (slug, name, category) select 'hollow', 'Leads Nowhere', g.category from handoff.programs as g where g.slug = 'cna';
grant select on given to public;
select test.as_admin(ada) from given;
create temporary table made as select test.import(array[
  'name|email|program|cohort',
  'Ann Lee|ann@test.example|cna| Fall 2026 ',
  'John Student|JOHN@test.example|cna|',
  'Johnny S.|john@test.example|medical-assistant|',
  'garcia, MARIA|other@test.example|cna|',
  'Lee, Ann|ann.lee@test.example|cna|',
  'Ann Lee|ann@test.example|CNA|',
  'Ann Lee|ann@test.example|medical-assistant|',
  '|x@test.example|cna|',
  E'\u202eAbc|x@test.example|cna|',
  'No Address||cna|',
  'Bad Address|no address|cna|',
  'No Program|p@test.example||',
  'Odd Program|p@test.example|basket weaving|',
  'Closed Program|p@test.example|emt|',
  'Hollow Program|p@test.example|hollow|',
  'Long Cohort|p@test.example|cna|' || repeat('x', 101),
  'Ada Admin|ada@test.example|cna|'
]) as id;
create temporary table line as
select l.*, concat_ws(' ', l.verdict, l.reason, l.other_line) as said from handoff.import_lines as l;
select is(l.said, c.said, c.what)
from (values
  (2, 'new', 'somebody new'),
  (3, 'known already_enrolled', 'somebody who is in the program, whatever the case of the address'),
  (4, 'known to_enroll', 'somebody known, for another program and under another name'),
  (5, 'doubtful same_name', 'a known name with another address'),
  (6, 'doubtful same_name_in_list 2', 'a name that stood in the list before, turned round'),
  (7, 'refused repeated 2', 'the same once more'),
  (8, 'new same_person 2', 'the same person for another program'),
  (9, 'refused no_name', 'no name'),
  (10, 'refused bad_name', 'a name that can be none'),
  (11, 'refused no_email', 'no address'),
  (12, 'refused bad_email', 'one that is none'),
  (13, 'refused no_program', 'no program'),
  (14, 'refused unknown_program', 'one that there is not'),
  (15, 'refused program_closed', 'one that takes nobody'),
  (16, 'refused program_not_ready', 'one that leads nowhere'),
  (17, 'refused bad_cohort', 'a cohort that is too long'),
  (18, 'refused not_a_student', 'an admin')
) as c (line, said, what)
join line as l on l.line = c.line;
select results_eq(
  'select l.full_name, l.email, l.program_slug, l.cohort, l.is_wanted from line as l where l.line = 2',
  $$values ('Ann Lee', 'ann@test.example', 'cna', 'Fall 2026', true)$$, 'a line is read as it would be stored'
);
select is((select l.profile_id from line as l where l.line = 5), (select g.maria from given as g), 'who is doubtful may be this one');
select is((select array_agg(l.line order by l.line) from line as l where l.is_wanted), array[2, 3, 4, 8], 'new and known lines are applied, others not');
create temporary table others (n, id) as select 1, test.import(array['first name|last name|e-mail|program', 'Al|Bo|al@test.example|  MEDICAL   assistant']);
insert into others select 2, test.import(array['name|email|cohort', 'Al Bo|al@test.example|'], '{"program": "cna", "cohort": "Spring"}');
select is((select l.full_name || ' ' || l.program_slug from handoff.import_lines as l join others as o on o.id = l.import_id where o.n = 1), 'Al Bo medical-assistant', 'a program by its name, a name in two columns');
select is((select concat_ws(' ', l.verdict, l.program_slug, l.cohort) from handoff.import_lines as l join others as o on o.id = l.import_id where o.n = 2), 'new cna Spring', 'program and cohort of the whole list');
select is((select count(*) from handoff.enrollments), 1::bigint, 'nobody is enrolled');
select is(handoff.preview_import(id), 0, 'once more it has nothing to do') from made;
select throws_ok('select handoff.preview_import(gen_random_uuid())', 'TH404', 'unknown import', 'an unknown list');
select test.as_admin(john) from given;
select throws_ok(format('select handoff.preview_import(%L)', id), 'TH403', null, 'a student looks at none') from (select gen_random_uuid() as id) as m;
select * from finish();
rollback;
