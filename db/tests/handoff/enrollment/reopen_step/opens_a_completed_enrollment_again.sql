begin;
select plan(14);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enrollment_in('completed', 'medical-assistant') as enrollment_id, test.admin() as ada;
create temporary table first as select c.* from handoff.certificates as c join given using (enrollment_id);
grant select on given, first to public;
select test.travel('1 day');
select test.as_admin(ada) from given;
select is(handoff.reopen_step(test.step(enrollment_id, 2), 'the wrong person'), 'in_progress', 'the step is open') from given;
select test.as_dba();
select is(test.status(enrollment_id), 'active', 'the enrollment is active again') from given;
select is(e.completed_at, null, 'and not completed') from handoff.enrollments as e join given as g on g.enrollment_id = e.id;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:completed', 'only that step') from given;
select results_eq(
  'select v.state, v.revoked_at from first as f, handoff.verify_certificate(f.number) as v',
  $$values ('revoked', '2026-03-03 09:00:00+00'::timestamptz)$$,
  'its certificate is revoked'
);
select results_eq(
  $$select t.from_status, t.to_status, t.cause, t.reason, t.actor_id from handoff.step_transitions as t join given using (enrollment_id)
    where t.occurred_at = '2026-03-03 09:00:00+00' order by t.id$$,
  $$select v.*, 'the wrong person', g.ada
    from given as g, (values ('completed', 'active', 'reopened'), ('completed', 'in_progress', 'reopened')) as v$$,
  'both are in the trail, with the reason and the person'
);
select results_eq(
  'select a.act, a.reason, a.actor_id, a.certificate_number from handoff.acts as a join given using (enrollment_id)',
  $$select 'certificate_revoked', 'the wrong person', g.ada, f.number from given as g, first as f$$,
  'so is the revocation'
);
select cmp_ok(
  (select a.id from handoff.acts as a join given using (enrollment_id)), '>',
  (select t.id from handoff.step_transitions as t join given using (enrollment_id) where t.to_status = 'active' and t.cause = 'reopened'),
  'after the enrollment'
);
select cmp_ok(
  (select a.id from handoff.acts as a join given using (enrollment_id)), '<',
  (select max(t.id) from handoff.step_transitions as t join given using (enrollment_id)), 'and before the step'
);
select is(handoff.reopen_step(test.step(enrollment_id, 2), 'again'), 'in_progress', 'a second time changes nothing') from given;
select test.travel('1 day');
select handoff.mark_step_complete(test.step(enrollment_id, 2)) from given;
select is(test.status(enrollment_id), 'completed', 'completed again') from given;
select results_eq(
  $$select c.number = f.number, handoff_private.certificate_state(c), c.issued_at
    from handoff.certificates as c join given using (enrollment_id), first as f
    order by c.issued_at$$,
  $$values (true, 'revoked', '2026-03-02 09:00:00+00'::timestamptz), (false, 'valid', '2026-03-04 09:00:00+00')$$,
  'it has a new certificate beside the revoked one'
);
select is_empty('select * from handoff_private.book_faults()', 'the books agree');
select test.as_student(e.student_id) from handoff.enrollments as e join given as g on g.enrollment_id = e.id;
select is(
  (select string_agg(s.status, ' ') from handoff.student_enrollments() as s where s.certificate_number is not null), 'completed',
  'the student sees the valid one alone'
);

select * from finish();
rollback;
