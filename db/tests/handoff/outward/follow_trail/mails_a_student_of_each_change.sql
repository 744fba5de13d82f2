begin;
select plan(32);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.enroll() as johns, test.student() as john, test.admin() as ada;
select is(test.send_mails(), 'enrolled', 'the first step is told in the mail that it began');
select is(test.mails(), 'enrolled sent', 'and in no other');
update handoff.trail_readers set position = 0;
select is(test.send_mails(), '', 'what is read twice is mailed once');
select test.travel('1 hour');
select test.send('hsi', 'course.completed', john) from given;
select is(test.send_mails(), 'step_ready', 'the next partner is ready');
select test.travel('1 hour');
select test.send('certiport', 'exam.completed', john, '{"passed": false, "exam_id": "it-specialist"}') from given;
select is(test.send_mails(), 'not_passed', 'an attempt was not passed');
select test.travel('1 hour');
select test.send('certiport', 'exam.completed', john, '{"passed": false, "exam_id": "it-specialist", "score": 1}') from given;
select is(test.send_mails(), 'not_passed', 'nor the second');
select test.travel('1 hour');
select handoff.fail_step(test.step(johns, 2), 'no more attempts') from given;
select is(test.send_mails(), 'not_passed', 'a step is marked as not passed');
select test.travel('1 hour');
select handoff.reopen_step(test.step(johns, 2), 'one more attempt') from given;
select is(test.send_mails(), 'step_ready', 'a step that is opened again is told again');
select test.travel('1 hour');
select handoff.hold_enrollment(johns, 'on leave') from given;
select is(test.send_mails(), 'on_hold', 'on hold');
select test.travel('1 hour');
select handoff.resume_enrollment(johns, 'back') from given;
select is(test.send_mails(), 'resumed', 'it goes on');
select test.travel('1 hour');
select handoff.hold_enrollment(johns, 'on leave again') from given;
select is(test.send_mails(), 'on_hold', 'on hold again');
select test.travel('1 hour');
select handoff.withdraw_enrollment(johns, 'moved away') from given;
select is(test.send_mails(), 'withdrawn', 'left');
select test.travel('1 hour');
select handoff.resume_enrollment(johns, 'came back') from given;
select is(test.send_mails(), 'taken_back', 'back, and on hold as before');
select test.travel('1 hour');
select handoff.resume_enrollment(johns, 'goes on') from given;
select is(test.send_mails(), 'resumed', 'and going on');
select test.travel('1 hour');
select test.send('certiport', 'exam.completed', john, '{"passed": true, "exam_id": "it-specialist"}') from given;
select test.send('careersafe', 'training.completed', john) from given;
select is(test.status(johns), 'completed', 'all is done') from given;
select is(test.send_mails(), 'certificate_issued', 'the certificate, and not the step that was over by then');
select is(
  (select o.key from handoff.outbox as o where o.kind = 'certificate_issued'),
  (select 'certificate_issued:' || c.number from handoff.certificates as c), 'by its number'
);
select test.travel('1 hour');
select test.as_admin(ada) from given;
select handoff.reissue_certificate((select c.number from handoff.certificates as c), 'another name');
select test.as_dba();
select is(test.send_mails(), 'certificate_reissued', 'issued anew');
select test.travel('1 hour');
select handoff.revoke_certificate((select c.number from handoff.certificates as c where c.replaced_by is null), 'a mistake');
select is(test.send_mails(), 'certificate_revoked', 'revoked');
select test.travel('1 hour');
select handoff.reopen_step(test.step(johns, 3), 'to be done again') from given;
select is(test.send_mails(), 'step_ready', 'a step of a completed enrollment is opened again');
select test.travel('1 hour');
select handoff.mark_step_complete(test.step(johns, 3)) from given;
select is(test.send_mails(), 'certificate_issued', 'a second certificate');
select test.travel('1 hour');
select handoff.reopen_step(test.step(johns, 3), 'and again') from given;
select is(test.send_mails(), 'certificate_revoked, step_ready', 'which that revokes');
select is((select count(*) from handoff.outbox as o where o.profile_id <> john), 0::bigint, 'all to him') from given;

-- One that awaits approval
select test.travel('1 hour');
update handoff.programs set requires_approval = true where slug = 'cna';
create temporary table second as select handoff.enroll_student(john, 'cna') as id from given;
select is(test.send_mails(), 'enrolled', 'it is told that it awaits approval');
select is(
  (select o.facts ->> 'awaits_approval' from handoff.outbox as o join second as s on s.id = o.enrollment_id), 'true', 'as a fact'
);
select test.travel('1 hour');
select handoff.approve_enrollment(id, 'fine') from second;
select is(test.send_mails(), 'approved', 'and that it was approved');
select test.travel('1 hour');
select handoff.withdraw_enrollment(id, 'left') from second;
select handoff.resume_enrollment(id, 'a mistake') from second;
select is(test.send_mails(), 'taken_back', 'a withdrawal that was taken back');
select is((select o.detail from handoff.outbox as o where o.kind = 'withdrawn' and o.status = 'cancelled'), 'the enrollment is active', 'not that it was');

-- Before mails were
select test.travel('1 hour');
update handoff.mailing set began = (select max(t.id) from handoff.step_transitions as t);
update handoff.trail_readers set position = 0;
create temporary table third as select handoff.enroll_student(test.student('jane@test.example'), 'medical-assistant') as id;
update handoff.mailing set began = (select max(t.id) from handoff.step_transitions as t);
select is(test.send_mails(), '', 'nobody is mailed about what was before');
select handoff.mark_step_complete(test.step(id, 1)) from third;
select is(test.send_mails(), 'step_ready', 'but about what comes');

-- Nobody who has no access
select test.travel('1 hour');
select handoff.mark_step_complete(test.step(id, 2)) from third;
select handoff.disable_profile(handoff.find_profile('jane@test.example'), 'left');
select is(test.send_mails(), '', 'who is disabled gets none');
select is(
  (select o.detail from handoff.outbox as o where o.status = 'cancelled' order by o.made_at desc limit 1),
  'the person has no access any more', 'and why'
);
select * from finish();
rollback;
