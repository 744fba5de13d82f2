begin;
select plan(21);
create temporary table given as
select test.admin() as ada, test.student('john@test.example') as john, test.enroll('cna', 'john@test.example') as johns, test.student('maria@test.example') as maria;
update handoff.programs set requires_approval = true where slug = 'cpr-first-aid';
grant select on given to public;
select test.as_admin(ada) from given;
create temporary table made as select test.import(array[
  'name|email|program|cohort',
  'Ann Lee|ann@test.example|cna|Fall',
  'John Student|john@test.example|cna|Fall',
  'John Student|john@test.example|cpr-first-aid|Fall',
  'Maria Student|m@test.example|cna|Fall',
  'Student Maria|n@test.example|cna|Fall',
  '|x@test.example|cna|Fall',
  'Ann Lee|ann@test.example|medical-assistant|',
  'Late Closed|late@test.example|emt|',
  'Late Namesake|new@test.example|cna|'
]) as id;
grant select on made to public;
select test.as_dba();
update handoff.programs set is_open = false where slug = 'emt';
select handoff.create_profile('namesake@test.example', 'Late Namesake');
select test.as_admin(ada) from given;
select handoff.choose_import_lines(id, '{6}', '{6}') from made;
select is(handoff.apply_import(id, 3), 6, 'some lines are applied') from made;
select ok(i.begun_at is not null and i.begun_by = g.ada and i.finished_at is null, 'it is known who began') from handoff.imports as i cross join given as g;
select is(handoff.apply_import(id), 0, 'then the others') from made;
select is(
  (select concat_ws(' ', l.result, l.error_code, l.made_person, l.made_enrollment) from handoff.import_lines as l where l.line = c.line), c.result, c.what
)
from (values
  (2, 'enrolled t t', 'somebody new is made and enrolled'),
  (3, 'already_enrolled f f', 'who is in the program stays there'),
  (4, 'awaits_approval f t', 'somebody known is enrolled, and has to be approved'),
  (5, 'left_out f f', 'a doubtful line is left out'),
  (6, 'enrolled t t', 'unless it was chosen'),
  (7, 'refused f f', 'a refused one stays that'),
  (8, 'enrolled f t', 'the second line of a person makes no second person'),
  (9, 'failed TH409 f f', 'a program that has closed since refuses its line alone'),
  (10, 'doubtful f f', 'somebody of the same name who came meanwhile stops the line')
) as c (line, result, what);
select set_eq(
  'select p.email, e.program_slug, e.cohort from handoff.enrollments as e join handoff.profiles as p on p.id = e.student_id',
  $$values ('john@test.example', 'cna', null), ('john@test.example', 'cpr-first-aid', 'Fall'), ('ann@test.example', 'cna', 'Fall'), ('ann@test.example', 'medical-assistant', null), ('n@test.example', 'cna', 'Fall')$$,
  'this is who is enrolled; a cohort is set by enrolling alone'
);
select is((select count(*) from handoff.acts as a cross join given as g where a.act = 'cohort_set' and a.actor_id = g.ada), 3::bigint, 'which is written down');
select ok(i.finished_at is not null, 'it is finished') from handoff.imports as i;
create function pg_temp.all_rows() returns text language sql as $$
  select concat_ws(' ', (select count(*) from handoff.profiles), (select count(*) from handoff.step_transitions), (select count(*) from handoff.acts), (select max(l.done_at) from handoff.import_lines as l join made as m on m.id = l.import_id))
$$;
create temporary table before as select pg_temp.all_rows() as rows;
select is(handoff.apply_import(id), 0, 'once more it has nothing to do') from made;
select handoff.apply_import(test.import(array['name|email|program|cohort', 'Ann Lee|ann@test.example|cna|Spring', 'John Student|john@test.example|cna|Spring']));
select is(pg_temp.all_rows(), rows, 'and the same people in another list change nothing') from before;
select is((select count(*) from handoff.import_lines as l join handoff.imports as i on i.id = l.import_id and i.finished_at is not null where l.result = 'already_enrolled'), 3::bigint, 'which says so');
select throws_ok(
  format('select handoff.apply_import(%L)', handoff.read_import('students', 'x', '[[1, ["name", "email", "program"]], [2, ["a"]]]')), 'TH409', null, 'a list that nobody looked at'
);
select test.as_admin(john) from given;
select throws_ok('select handoff.apply_import(gen_random_uuid())', 'TH403', null, 'a student applies none');
select test.as_dba();
select is_empty('select from handoff_private.book_faults() as f', 'the books agree');
select * from finish();
rollback;
