begin;
select plan(16);
select test.set_clock('2026-03-02 12:00+00');
create function pg_temp.closed() returns text language sql as
  $$select string_agg(a.about, ', ' order by a.about) from handoff.alerts as a where a.kind = 'enrollment_blocked' and a.closed_at is not null$$;
create temporary table given as
select test.enroll('cna', 'ann@test.example') as ann, test.enroll('cpr-first-aid', 'ben@test.example') as ben,
  test.enroll('cna', 'cat@test.example') as cat;
select handoff.fail_step(test.step(ann, 1), 'cheated') from given;
select is(test.sweep(), 'enrollment_blocked failed hsi', 'a failed step');
select handoff.reopen_step(test.step(ann, 1), 'may try again') from given;
select is(test.sweep(), null, 'that is opened again');

insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
select test.student('dan@test.example'), 'cna', 'active', handoff.clock(), handoff.clock();
select is(test.sweep(), 'enrollment_blocked no_steps', 'an enrollment without steps');
select handoff.generate_enrollment_steps(e.id) from handoff.enrollments as e where e.student_id = test.student('dan@test.example');
select is(test.sweep(), null, 'that gets them');

-- What only a DBA can leave behind.
update handoff.enrollment_steps set status = 'completed', completed_at = handoff.clock()
where sequence_order = 1 and enrollment_id in (select ben from given union all select cat from given);
select is(test.sweep(), 'enrollment_blocked not_closed, enrollment_blocked nothing_running', 'all is done but the enrollment open; steps wait and none runs');
select handoff.advance_to_next_step(e.id) from given, handoff.enrollments as e where e.id in (ben, cat);
select is(test.sweep(), null, 'until they are advanced');

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table eve as select test.enroll('emt', 'eve@test.example') as id;
select test.travel('3 days');
select is(test.sweep(), null, 'after three days of waiting for approval');
select test.travel('1 second');
select is(test.sweep(), 'enrollment_blocked awaiting_approval', 'and not before');
select is((select a.numbers ->> 'limit_days' from handoff.alerts as a where a.closed_at is null), '3', 'with the limit');
update handoff.school set approval_within_days = 4;
select is(test.sweep(), null, 'as the school sets it');
update handoff.school set approval_within_days = 1;
select is(test.sweep(), 'enrollment_blocked awaiting_approval', 'it');
select handoff.approve_enrollment(id, 'is fit') from eve;
select is(test.sweep(), null, 'until it is approved');

update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug = 'certiport';
select handoff.mark_step_complete(test.step(ann, 1)) from given;
select test.follow_trail();
select handoff.settle_message(m.message_id, m.lease_token, 'refused', 404) from test.begin_one() as m;
select is(test.sweep(), 'enrollment_blocked refused certiport', 'a partner that does not take the student');
select handoff.skip_step(test.step(ann, 2), 'done elsewhere') from given;
select is(test.sweep(), null, 'until it does not matter any more');
select is(pg_temp.closed(), 'awaiting_approval, awaiting_approval, failed, no_steps, not_closed, nothing_running, refused', 'each was closed');

-- taken_back is what taken_back_enrollments says.
select handoff.link_partner_account('hsi', 'h-1', test.student('fay@test.example'));
select test.enroll('cpr-first-aid', 'fay@test.example');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'done');
select handoff.enroll_student(test.student('fay@test.example'), 'cpr-first-aid', true);
select handoff.unlink_partner_account('hsi', 'h-1', 'another''s');
select is(test.sweep(), 'enrollment_blocked taken_back', 'a certificate that was taken back, and its enrollment could not be opened');
select * from finish();
rollback;
