begin;
select plan(17);

create temporary table given as select test.enroll('cna') as cna, test.student() as john, test.enroll('emt', 'jane@test.example') as janes;
create function pg_temp.receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
create function pg_temp.assign(p_key text, p_step_id uuid) returns text language sql as $$
  select r.status || ':' || r.reason from handoff.assign_partner_event(pg_temp.receipt(p_key), p_step_id, 'counts here, too') as r
$$;
select test.send('hsi', 'course.completed', john, '{}', 'c') from given;
create temporary table emt as select handoff.enroll_student(john, 'emt') as emt from given;

create temporary table answer as
  select r.* from emt, handoff.assign_partner_event(pg_temp.receipt('c'), test.step(emt, 1), 'counts here, too') as r;
select is(status || ':' || reason, 'accepted:completed', 'a further step') from answer;
select is((answer.enrollment_id, step_id, next_step_id)::text, (emt, test.step(emt, 1), test.step(emt, 2))::text, 'is answered as a delivery') from answer, emt;
select is(test.steps(cna) || ', ' || test.steps(emt), 'hsi:completed certiport:in_progress, hsi:completed certiport:in_progress', 'both are completed') from given, emt;
select is(pg_temp.assign('c', test.step(emt, 1)), 'duplicate:accepted:completed', 'twice is once') from emt;
select is((select e.step_id from handoff.partner_events as e), test.step(cna, 1), 'the event stays with its first step') from given;
select is_empty('select * from test.violations()', 'the books are right');

-- Each credit stands by itself.
select handoff.reopen_step(test.step(cna, 1), 'not here') from given;
select is((select r.status || ':' || r.reason from handoff.replay_partner_event(pg_temp.receipt('c')) as r), 'duplicate:accepted:completed', 'one counts: a replay changes nothing');
select is(pg_temp.assign('c', test.step(cna, 1)), 'accepted:completed', 'an admin can assign it again') from given;
select handoff.reopen_step(test.step(cna, 1), 'not here'), handoff.reopen_step(test.step(emt, 1), 'nor here') from given, emt;
select is(pg_temp.assign('c', test.step(emt, 1)), 'accepted:completed', 'without a credit it goes where the admin says') from emt;
select is(test.steps(cna) || ', ' || test.steps(emt), 'hsi:in_progress certiport:pending, hsi:completed certiport:in_progress', 'and only there') from given, emt;
select is_empty('select * from test.violations()', 'the books are right');

-- Where it makes no sense.
select throws_ok(format('select pg_temp.assign(%L, %L)', 'c', test.step(janes, 1)), 'TH403', null, 'another student''s step') from given;
select throws_ok(format('select pg_temp.assign(%L, %L)', 'c', test.step(cna, 2)), 'TH403', null, 'another partner''s step') from given;
select handoff.skip_step(test.step(cna, 1), 'done elsewhere') from given;
select throws_ok(format('select pg_temp.assign(%L, %L)', 'c', test.step(cna, 1)), 'TH409', null, 'a step that is done') from given;
create temporary table gone as select handoff.enroll_student(john, 'dental-assistant') as id from given;
select handoff.withdraw_enrollment(id, 'left') from gone;
select throws_ok(format('select pg_temp.assign(%L, %L)', 'c', test.step(id, 1)), 'TH409', null, 'a student who has left') from gone;
select test.send('certiport', 'exam.completed', john, '{"passed": false, "exam_id": "x"}', 'failed') from given;
select is(split_part(pg_temp.assign('failed', s.id), ':', 1), 'duplicate', 'what completes nothing is not assigned again')
from emt, handoff.enrollment_steps as s, handoff.partner_events as e
where s.id = test.step(emt, 2) and e.event_key = 'failed' and e.status = 'accepted'
union all select pass('what completes nothing is parked') where exists (select from handoff.partner_events as e where e.event_key = 'failed' and e.status = 'parked');
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
