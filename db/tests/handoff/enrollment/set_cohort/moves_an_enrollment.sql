begin;
select plan(9);
create temporary table given as select test.admin() as ada, test.student() as john, test.enroll('cna') as id;
grant select on given to public;
select test.as_admin(ada) from given;
select is(handoff.set_cohort(id, E' Fall\u00a0', 'came with them'), 'Fall', 'into a cohort') from given;
select is(handoff.set_cohort(id, 'Fall', 'again'), 'Fall', 'a second time') from given;
select is(handoff.set_cohort(id, ' ', 'by mistake'), null, 'and out of it') from given;
select is((select e.cohort from handoff.enrollments as e), null, 'so it stands');
select results_eq(
  'select a.reason, a.enrollment_id = g.id, a.actor_id = g.ada from handoff.acts as a cross join given as g where a.act = ''cohort_set'' order by a.id',
  $$values ('came with them', true, true), ('by mistake', true, true)$$, 'each change is written down'
);
select throws_ok(format('select handoff.set_cohort(%L, repeat(''x'', 101), ''x'')', id), 'TH400', 'not a cohort', 'what can be none') from given;
select throws_ok(format('select handoff.set_cohort(%L, ''x'', '' '')', id), 'TH400', 'a reason is needed', 'without a reason') from given;
select throws_ok('select handoff.set_cohort(gen_random_uuid(), ''x'', ''x'')', 'TH404', null, 'of nothing');
select test.as_admin(john) from given;
select throws_ok(format('select handoff.set_cohort(%L, ''x'', ''x'')', id), 'TH403', null, 'by a student') from given;
select * from finish();
rollback;
