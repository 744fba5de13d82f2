begin;
select plan(5);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as
  select student_id, handoff.enroll_student(student_id, 'medical-assistant') as enrollment_id
  from (select test.student() as student_id) as s;

select results_eq(
  'select e.student_id, e.program_slug, e.status, e.enrolled_at, e.activated_at, e.completed_at, e.withdrawn_at
   from handoff.enrollments as e where e.id = (select enrollment_id from given)',
  $$select student_id, 'medical-assistant', 'active', '2026-03-02 09:00:00+00'::timestamptz,
      '2026-03-02 09:00:00+00'::timestamptz, null::timestamptz, null::timestamptz from given$$,
  'returns the enrollment, which is active'
);
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending',
  'generates the steps and starts the first in the same transaction'
) from given;

-- The program is edited afterwards.
update handoff.program_partners set partner_slug = 'milady' where program_slug = 'medical-assistant' and sequence_order = 2;
delete from handoff.program_partners where program_slug = 'medical-assistant' and sequence_order = 3;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
select is(
  test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'an enrollment keeps the sequence it was made with'
) from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause from handoff.step_transitions as t
   where t.enrollment_id = (select enrollment_id from given) and t.step_id is null',
  $$values (null, 'active', 'enrolled')$$,
  'the audit trail begins with the enrollment'
);
select isnt(handoff.enroll_student(student_id, 'cpr-first-aid'), enrollment_id, 'a student may be in several programs') from given;

select * from finish();
rollback;
