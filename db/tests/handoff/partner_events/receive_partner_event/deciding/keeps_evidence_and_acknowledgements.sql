begin;
select plan(12);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(
  test.send('hsi', 'certificate.issued', student_id),
  'accepted:evidence', 'a certificate before the completion is evidence'
) from given;
select is(test.send('hsi', 'certificate.issued', student_id), 'accepted:evidence', 'and each one is kept') from given;
select is(test.send('hsi', 'enrollment.created', student_id), 'accepted:acknowledged', 'an acknowledgement') from given;
select is(
  test.send('certiport', 'certification.issued', student_id), 'accepted:evidence', 'evidence of a pending step'
) from given;
select is(test.picture(enrollment_id), before.picture, 'none of them moves anything') from given, before;
select is(
  (select count(*) from handoff.partner_events as e where e.step_id = test.step(given.enrollment_id, 1)), 3::bigint,
  'they are kept with the step'
) from given;
select handoff.fail_step(test.step(enrollment_id, 1), 'no show') from given;
select is(test.send('hsi', 'certificate.issued', student_id), 'accepted:evidence', 'evidence of a failed step') from given;
select is(test.steps(enrollment_id), 'hsi:failed certiport:pending', 'does not pass it') from given;

-- A skipped step stays skipped.
select handoff.skip_step(test.step(enrollment_id, 1), 'has a card from last year') from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{"enrollment_id": "hsi-9"}'), 'accepted:evidence',
  'a completion of a skipped step: stays skipped, evidence kept'
) from given;
select is(test.steps(enrollment_id), 'hsi:skipped certiport:in_progress', 'stays skipped') from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)), 'hsi-9',
  'evidence kept'
) from given;
select is(
  test.send('hsi', 'enrollment.created', student_id), 'accepted:acknowledged', 'an acknowledgement of a skipped step'
) from given;

select * from finish();
rollback;
