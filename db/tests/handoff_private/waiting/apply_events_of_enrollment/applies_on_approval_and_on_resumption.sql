begin;
select plan(27);
set local client_min_messages = error;
-- The poison: at certiport's steps no failed attempt can be counted. The trigger locks the table, so it comes first, and
-- nobody else's test knows the students and the program here.
create function pg_temp.fill() returns trigger language plpgsql as $$ begin new.failed_attempts := 2147483647; return new; end $$;
create trigger fill before insert on handoff.enrollment_steps for each row
  when (new.partner_slug = 'certiport') execute function pg_temp.fill();

insert into handoff.programs (slug, name, category, requires_approval) values ('waits-for-approval', 'Waits For Approval', 'Test', true);
insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values
  ('waits-for-approval', 'hsi', 1), ('waits-for-approval', 'certiport', 2), ('waits-for-approval', 'careersafe', 3);
create temporary table given as
  select test.student('waiting@test.example') as john, test.enroll('waits-for-approval', 'waiting@test.example') as pending,
    test.student('paused@test.example') as jane, test.enroll('administrative-assistant', 'paused@test.example') as held;
select handoff.hold_enrollment(held, 'a break') from given;
create function pg_temp.outcomes(p_student uuid) returns text language sql as $$
  select string_agg(e.status || ':' || e.reason || coalesce(':' || e.error_code, ''), ' ' order by e.position)
  from handoff.partner_events as e where e.student_id = p_student
$$;

-- Approval: the last partner's event came first, and one is poisoned.
select is(
  test.send('careersafe', 'training.completed', john), 'parked:awaiting_approval', 'the third step''s event'
) from given;
select is(test.send('hsi', 'course.completed', john), 'parked:awaiting_approval', 'the first step''s') from given;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": false}'),
  'parked:awaiting_approval', 'a failed attempt, which will be poisoned'
) from given;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'parked:awaiting_approval', 'the second step''s'
) from given;
select is(
  test.send('milady', 'course.completed', john), 'parked:no_enrollment', 'an event that waits for something else'
) from given;
select is(
  handoff.approve_enrollment(pending, 'paid'),
  'completed', 'awaiting_approval applies when approved; all three make it complete'
) from given;
select is(
  pg_temp.outcomes(john), 'accepted:completed_early accepted:completed parked:apply_error:22003 accepted:completed parked:no_enrollment',
  'in order of receipt; the poisoned one becomes apply_error with its SQLSTATE, the others apply'
) from given;
select is(
  test.steps(pending), 'hsi:completed certiport:completed careersafe:completed', 'every step is completed'
) from given;
select is(
  (select count(*) from handoff.certificates as c where c.enrollment_id = pending), 1::bigint, 'with its certificate'
) from given;
select is(
  (select string_agg(t.cause, ' ' order by t.id) from handoff.step_transitions as t where t.enrollment_id = pending and t.step_id is null),
  'enrolled approved all_steps_done', 'the audit trail tells the act from what followed'
) from given;

-- Resumption.
update handoff.enrollment_steps set progress_count = 2147483647 where enrollment_id = (select held from given) and partner_slug = 'jri';
select is(
  test.send('certiport', 'exam.completed', jane, '{"passed": true}'), 'parked:on_hold', 'the second step''s event'
) from given;
select is(
  test.send('jri', 'module.completed', jane, '{"module_id": "badge-1"}'),
  'parked:on_hold', 'progress, which is poisoned'
) from given;
select is(
  test.send('jri', 'program.completed', jane, '{"enrollment_id": "J-1"}'), 'parked:on_hold', 'the first step''s'
) from given;
select is(test.send('jri', 'program.completed', jane), 'parked:on_hold', 'again') from given;
select is(test.steps(held), 'jri:in_progress certiport:pending', 'nothing is credited while on hold') from given;
select is(handoff.resume_enrollment(held, 'back'), 'completed', 'on_hold applies when resumed') from given;
select is(
  pg_temp.outcomes(jane), 'accepted:completed_early parked:apply_error:22003 accepted:completed ignored:already_completed',
  'in order of receipt; the poisoned one becomes apply_error, the others apply'
) from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.held, 1)), 'J-1', 'each leaves its trace'
) from given;

-- Only that enrollment's, and only that reason.
create temporary table jim as
  select test.student('twice@test.example') as student_id, test.enroll('cna', 'twice@test.example') as cna, test.enroll('barber-apprenticeship', 'twice@test.example') as barber;
select handoff.hold_enrollment(cna, 'a break') from jim;
select handoff.hold_enrollment(barber, 'a break') from jim;
select test.send('hsi', 'course.completed', student_id) from jim;
select test.send('milady', 'course.completed', student_id) from jim;
select test.send('milady', 'course.completed', student_id, '{"enrollment_id": "x", "completed_at": "2001-01-01T00:00:00Z"}') from jim;
select is(handoff.resume_enrollment(barber, 'back'), 'active', 'one of two is resumed') from jim;
select is(
  pg_temp.outcomes(student_id),
  'parked:on_hold accepted:completed ignored:already_completed', 'what waits for the other one waits on'
) from jim;
select is(handoff.resume_enrollment(cna, 'back'), 'active', 'the other one') from jim;
select is(
  pg_temp.outcomes(student_id), 'accepted:completed accepted:completed ignored:already_completed', 'is resumed later'
) from jim;

-- What a fault stopped does not apply by itself when the fault is mended.
create temporary table joan as
  select test.student('mended@test.example') as student_id, test.enroll('cna', 'mended@test.example') as cna;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": false}'), 'parked:apply_error', 'poisoned'
) from joan;
update handoff.enrollment_steps set failed_attempts = 0 where enrollment_id = (select cna from joan);
select handoff.hold_enrollment(cna, 'a break') from joan;
select handoff.resume_enrollment(cna, 'back') from joan;
select is(pg_temp.outcomes(student_id), 'parked:apply_error:22003', 'only what the hold had stopped applies') from joan;

-- Undecided by the time it is resumed.
create temporary table jo as
  select test.student('undecided@test.example') as student_id, test.enroll('cna', 'undecided@test.example') as cna;
select handoff.hold_enrollment(cna, 'a break') from jo;
select is(test.send('hsi', 'course.completed', student_id), 'parked:on_hold', 'there is one step that it can mean') from jo;
select handoff.enroll_student(student_id, 'emt') from jo;
select handoff.resume_enrollment(cna, 'back') from jo;
select is(pg_temp.outcomes(student_id), 'parked:ambiguous', 'by now there are two') from jo;
select is(
  (select (e.enrollment_id, e.step_id)::text from handoff.partner_events as e where e.student_id = jo.student_id), '(,)', 'and it is kept with neither'
) from jo;

select * from finish();
rollback;
