begin;
select plan(25);

create function pg_temp.told(p_key text) returns text language sql as $$
  select e.status || ':' || e.reason from handoff.partner_events as e where e.event_key = p_key
$$;
create temporary table given as select test.enroll('cna') as cna, test.student() as john;
select test.send('hsi', 'course.completed', john, '{"completed_at": "2026-11-20T10:00:00Z"}'::jsonb - 'completed_at', 'c') from given;
select handoff.withdraw_enrollment(cna, 'left') from given;
select is(test.send('certiport', 'exam.completed', john, '{"passed": true}', 'exam'), 'parked:withdrawn', 'what comes meanwhile') from given;
select is(handoff.resume_enrollment(cna, 'came back'), 'completed', 'taken back, and what waited is applied') from given;
select is(pg_temp.told('exam'), 'accepted:completed', 'the exam');
select is(test.steps(cna), 'hsi:completed certiport:completed', 'its steps are as they were, and done') from given;
select is((select e.withdrawn_at from handoff.enrollments as e), null, 'it is not withdrawn');
select is((select array_agg((t.from_status, t.to_status, t.cause, t.reason)::text order by t.id) from handoff.step_transitions as t where t.step_id is null and t.from_status = 'withdrawn'),
  array['(withdrawn,active,resumed,"came back")'], 'the trail says so');
select is_empty('select * from test.violations()', 'the books are right');

-- To the status it had.
create temporary table jane as select test.student('jane@test.example') as jane, test.enroll('emt', 'jane@test.example') as emt;
select handoff.hold_enrollment(emt, 'a break'), handoff.withdraw_enrollment(emt, 'left') from jane;
select test.send('hsi', 'course.completed', jane, '{}', 'janes') from jane;
select is(handoff.resume_enrollment(emt, 'back'), 'on_hold', 'one on hold is on hold again') from jane;
select is(pg_temp.told('janes'), 'parked:on_hold', 'and the event waits for that');
select is(handoff.resume_enrollment(emt, 'now'), 'active', 'resumed') from jane;
select is(pg_temp.told('janes'), 'accepted:completed', 'it applies');
update handoff.programs set requires_approval = true where slug = 'dental-assistant';
create temporary table jim as select test.student('jim@test.example') as jim, test.enroll('dental-assistant', 'jim@test.example') as dental;
select handoff.withdraw_enrollment(dental, 'left') from jim;
select is(handoff.resume_enrollment(dental, 'back'), 'pending', 'one that awaited approval awaits it') from jim;

-- Not beside another one, and not where its completion counts elsewhere by now.
create temporary table joan as select test.student('joan@test.example') as joan, test.enroll('cna', 'joan@test.example') as cna;
select test.send('hsi', 'course.completed', joan, '{}', 'joans') from joan;
select handoff.withdraw_enrollment(cna, 'left') from joan;
create temporary table second as select test.enroll('cna', 'joan@test.example') as cna;
select throws_ok(format('select handoff.resume_enrollment(%L, %L)', cna, 'back'), 'TH409', null, 'another of the program is open') from joan;
select handoff.withdraw_enrollment(cna, 'a mistake') from second;
create temporary table other as select test.enroll('emt', 'joan@test.example') as emt;
select is((select r.status || ':' || r.reason from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'joans'), 'accepted:completed', 'its completion counts elsewhere');
select throws_ok(format('select handoff.resume_enrollment(%L, %L)', cna, 'back'), 'TH409', null, 'it can''t be taken back then') from joan;
create function pg_temp.detail(p_sql text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  execute p_sql;
  return null;
exception
  when others then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is(pg_temp.detail(format('select handoff.resume_enrollment(%L, %L)', joan.cna, 'back'))::jsonb ->> 'step_id', test.step(emt, 1)::text, 'DETAIL names the step') from joan, other;
select handoff.reopen_step(test.step(emt, 1), 'not here') from other;
select is(handoff.resume_enrollment(cna, 'back'), 'active', 'once it counts nowhere else it can') from joan;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'with its credit') from joan;
select is((select r.status from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'joans'), 'duplicate', 'which counts');
select is(handoff.resume_enrollment(cna, 'again'), 'active', 'twice is once') from joan;
select is_empty('select * from test.violations()', 'the books are right');

-- Its event was decided anew meanwhile, and parked: its credit counts again.
create temporary table jill as select test.student('jill@test.example') as jill, test.enroll('cna', 'jill@test.example') as cna;
select test.send('hsi', 'course.completed', jill, '{}', 'jills') from jill;
select handoff.withdraw_enrollment(cna, 'left') from jill;
select test.enroll('emt', 'jill@test.example'), test.enroll('medical-assistant', 'jill@test.example');
select is((select r.status || ':' || r.reason from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'jills'), 'parked:ambiguous', 'decided anew');
select is(handoff.resume_enrollment(cna, 'back'), 'active', 'taken back') from jill;
select is(pg_temp.told('jills'), 'accepted:completed', 'it completes its step again');
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
