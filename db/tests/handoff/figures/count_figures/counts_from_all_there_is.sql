begin;
select plan(2);
select test.set_clock('2026-03-02 12:34+00');
create temporary table given as select test.enroll('cna') as johns, test.student() as john;
grant select on given to public;
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', john) from given;
select test.as_dba();
select results_eq(
  'select * from handoff.count_figures() order by 1, 2',
  $$values
    ('advanced', '2026-03-02T12:30', 1::bigint), ('completed', 'hsi', 1),
    ('completions_detected.cases', '', 1), ('completions_detected.successes', '', 1), ('enrollments', 'cna', 1),
    ('first_steps_started.cases', '', 1), ('first_steps_started.successes', '', 1), ('in_progress', 'certiport', 1),
    ('steps_generated.cases', '', 1), ('steps_generated.successes', '', 1),
    ('transitions_without_a_person.cases', '', 1), ('transitions_without_a_person.successes', '', 1)$$,
  'steps by partner, enrollments by program, what moved on by itself by quarter of an hour, and the rates'
);
select handoff.hold_enrollment(johns, 'on leave') from given;
select is_empty($$select from handoff.count_figures() as f where f.figure = 'in_progress'$$, 'open steps in active enrollments only');
select * from finish();
rollback;
