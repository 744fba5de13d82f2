begin;
select plan(25);

create function pg_temp.receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
create function pg_temp.replay(p_key text) returns text language sql as $$
  select r.status || ':' || r.reason from handoff.replay_partner_event(pg_temp.receipt(p_key)) as r
$$;
create temporary table given as select test.student() as student_id, test.enroll('cna') as cna;

-- Parked, and what it waited for has come.
select is(
  test.send('hsi', 'skill.verified', student_id, '{}', 'type'), 'parked:unknown_event_type', 'unknown_event_type'
) from given;
select is(pg_temp.replay('type'), 'parked:unknown_event_type', 'nothing has changed: parked for the same reason');
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'skill.verified', 'evidence');
select is(pg_temp.replay('type'), 'accepted:evidence', 'the type has its row now');
select is(
  test.send('milady', 'course.completed', student_id, '{}', 'nowhere'), 'parked:no_enrollment', 'no_enrollment'
) from given;
select handoff.enroll_student(student_id, 'barber-apprenticeship') from given;
select is(pg_temp.replay('nowhere'), 'accepted:completed', 'the student is enrolled now');
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'who'),
  'parked:unknown_student', 'unknown_student'
);
select is(pg_temp.replay('who'), 'parked:unknown_student', 'still nobody');
create temporary table emt as select handoff.enroll_student(student_id, 'emt') as enrollment_id from given;
select is(test.send('hsi', 'course.completed', student_id, '{}', 'which'), 'parked:ambiguous', 'ambiguous') from given;
select handoff.withdraw_enrollment(enrollment_id, 'a mistake') from emt;
select is(pg_temp.replay('which'), 'accepted:completed', 'only one is left');
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'which it completes') from given;
select handoff.hold_enrollment(cna, 'a break') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}', 'held'), 'parked:on_hold', 'on_hold'
) from given;
select is(pg_temp.replay('held'), 'parked:on_hold', 'a replay does not resume');
select is(test.status(cna), 'on_hold', 'the enrollment stays on hold') from given;
select handoff.withdraw_enrollment(cna, 'left') from given;
select is(pg_temp.replay('held'), 'parked:withdrawn', 'the reason is that of today');
select is(
  (select e.first_outcome from handoff.partner_events as e where e.event_key = 'held'),
  'parked:on_hold', 'the first one stays known'
);

-- Rejected, and the configuration was corrected; or the other way round.
update handoff.partner_event_types set item_field = 'level' where partner_slug = 'jri' and meaning = 'completion';
select is(
  test.send('jri', 'program.completed', student_id, '{"level": {"of": 3}}', 'fields'),
  'rejected:bad_field', 'a field that can''t be read'
) from given;
update handoff.partner_event_types set item_field = null where partner_slug = 'jri' and meaning = 'completion';
select is(pg_temp.replay('fields'), 'accepted:completed', 'the field is not asked for any more');
select is(
  test.send('careersafe', 'training.completed', student_id, '{}', 'strict'), 'parked:no_enrollment', 'no enrollment yet'
) from given;
update handoff.partner_event_types set pass_field = 'passed' where partner_slug = 'careersafe' and event_type = 'training.completed';
select is(pg_temp.replay('strict'), 'rejected:missing_field', 'a parked event can be rejected by a new rule');
select is(
  (select (e.student_id, e.enrollment_id, e.step_id)::text from handoff.partner_events as e where e.event_key = 'strict'), '(,,)', 'and is about nobody then'
);
select is(test.deliver_raw('jri', '{', 'never'), 'rejected:bad_json', 'no JSON');
select is(pg_temp.replay('never'), 'rejected:bad_json', 'stays none');

-- The receipt is the same, and the sender's repeat is told what it was told first.
select is(
  (select r.receipt from handoff.replay_partner_event(pg_temp.receipt('who')) as r),
  pg_temp.receipt('who'), 'the first receipt'
);
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'which'),
  'duplicate:parked:ambiguous', 'a repeat of an event that was replayed'
) from given;
select is(
  (select (e.seen, e.repetition)::text from handoff.partner_events as e where e.event_key = 'which'), '(2,0)', 'a replay is no delivery'
);

select * from finish();
rollback;
