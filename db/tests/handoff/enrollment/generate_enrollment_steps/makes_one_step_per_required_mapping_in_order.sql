begin;
select plan(9);

select test.set_clock('2026-03-02 09:00:00+00');
insert into handoff.programs (slug, name, category) values ('welding', 'Welding', 'Skilled Trades');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required, course_ref)
values
  ('welding', 'careersafe', 70, true, null),
  ('welding', 'jri', 20, false, null),
  ('welding', 'hsi', 30, true, 'cpr-101'),
  ('welding', 'hsi', 50, true, 'bbp-202');

create temporary table given as
  select
    test.enrollment_without_steps('medical-assistant') as medical,
    test.enrollment_without_steps('emergency-health-safety-technician') as emergency,
    test.enrollment_without_steps('welding') as welding;

select is(handoff.generate_enrollment_steps(medical), 3, 'one step per required mapping: 3 created') from given;
select is(test.steps(medical), 'hsi:in_progress certiport:pending careersafe:pending', 'in order; starts the first') from given;
select results_eq(
  'select s.started_at, s.completed_at from handoff.enrollment_steps as s where s.enrollment_id = (select medical from given)
   order by s.sequence_order',
  $$values ('2026-03-02 09:00:00+00'::timestamptz, null::timestamptz), (null, null), (null, null)$$,
  'the first has its start by our clock, the others have none'
);

select is(handoff.generate_enrollment_steps(emergency), 1, 'an optional mapping makes no step') from given;
select is(test.steps(emergency), 'hsi:in_progress', 'so the program with Certiport as an option has one') from given;

select is(handoff.generate_enrollment_steps(welding), 3, 'gaps in the order do not matter') from given;
select is(test.steps(welding), 'hsi:in_progress hsi:pending careersafe:pending', 'exactly one is started') from given;
select results_eq(
  'select s.sequence_order, s.course_ref from handoff.enrollment_steps as s
   where s.enrollment_id = (select welding from given) order by s.sequence_order',
  $$values (30, 'cpr-101'), (50, 'bbp-202'), (70, null)$$,
  'the order and the course of the mapping are copied'
);
select results_eq(
  'select t.from_status, t.to_status, t.cause from handoff.step_transitions as t
   where t.enrollment_id = (select emergency from given) and t.step_id is not null order by t.id',
  $$values (null, 'pending', 'generated'), ('pending', 'in_progress', 'advanced')$$,
  'the audit trail says that the step was generated and started'
);

select * from finish();
rollback;
