begin;
select plan(28);

create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('medical-assistant') as johns,
    test.enroll('medical-assistant', 'jane@test.example') as janes, test.admin() as ada;
grant select on given to public;
create function pg_temp.hsi(p_event text, p_key text, p_more jsonb default '{}') returns text language sql as $$
  select test.send('hsi', p_event, null, '{"student_id": "h-1"}' || p_more, p_key)
$$;
create function pg_temp.outcomes() returns text language sql as $$
  select string_agg(e.event_key || ' ' || e.status || ':' || e.reason, ', ' order by e.position) from handoff.partner_events as e
$$;
create function pg_temp.unlink(p_account text default 'h-1') returns integer language sql as $$
  select handoff.unlink_partner_account('hsi', p_account, ' the other Patel ')
$$;

-- Linked to the wrong student.
select handoff.link_partner_account('hsi', 'h-1', john) from given;
update handoff.partner_event_types set pass_field = 'passed' where partner_slug = 'hsi' and event_type = 'course.completed';
select pg_temp.hsi('enrollment.created', 'known', '{"enrollment_id": "H-9"}');
select pg_temp.hsi('course.completed', 'failed', '{"passed": false}');
select pg_temp.hsi('course.completed', 'done', '{"passed": true}');
select pg_temp.hsi('course.completed', 'again', '{"passed": true}');
select pg_temp.hsi('course.dropped', 'aside');
select handoff.set_event_aside(e.receipt, 'nothing') from handoff.partner_events as e where e.event_key = 'aside';
select is(test.steps(johns), 'hsi:completed certiport:in_progress careersafe:pending', 'it has moved the wrong one') from given;

select is(pg_temp.unlink(), 4, 'four events found their student by it');
select is(pg_temp.outcomes(),
  'known parked:unknown_student, failed parked:unknown_student, done parked:unknown_student, again parked:unknown_student, aside parked:unknown_event_type',
  'they are parked, but the one that was set aside');
select is((select a.student_id from handoff.partner_accounts as a), null, 'the account is nobody''s');
select is(test.steps(johns), 'hsi:in_progress certiport:pending careersafe:pending', 'the step is open again') from given;
select is((select (s.failed_attempts, s.external_enrollment_id, s.completed_by)::text from handoff.enrollment_steps as s where s.id = test.step(johns, 1)), '(0,,)', 'counts, partner''s id and credit go with it') from given;
select is((select array_agg(distinct (t.cause, t.reason)::text) from handoff.step_transitions as t where t.cause = 'unlinked'), array['(unlinked,"the other Patel")'], 'the trail says why');
select results_eq($$select r.act, r.partner_slug, r.events, r.reason from handoff.acts as r where r.act = 'unlinked'$$, $$values ('unlinked', 'hsi', 4, 'the other Patel')$$, 'and who did it');
select is_empty('select * from test.violations()', 'the books are right');
select is(pg_temp.unlink(), 0, 'twice is once');

-- Linked to the right one.
select is(handoff.link_partner_account('hsi', 'h-1', jane), 4, 'all applies to the right one') from given;
select is(test.steps(johns) || ', ' || test.steps(janes),
  'hsi:in_progress certiport:pending careersafe:pending, hsi:completed certiport:in_progress careersafe:pending', 'and only there') from given;
select is((select (s.failed_attempts, s.external_enrollment_id)::text from handoff.enrollment_steps as s where s.id = test.step(janes, 1)), '(1,H-9)', 'with its counts') from given;
select is_empty('select * from test.violations()', 'the books are right');

-- What others told stays: another account, and an event that named our own id.
select handoff.link_partner_account('hsi', 'h-2', jane) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-2", "passed": false}', 'late');
select is(pg_temp.unlink('h-2'), 1, 'its own event alone');
select is(test.steps(janes), 'hsi:completed certiport:in_progress careersafe:pending', 'what it did not complete stays') from given;

-- On hold, and withdrawn.
select handoff.hold_enrollment(janes, 'a break') from given;
select is(pg_temp.unlink(), 4, 'on hold');
select is(test.status(janes) || ' ' || test.steps(janes), 'on_hold hsi:in_progress certiport:pending careersafe:pending', 'stays on hold, and the step is open') from given;
select handoff.resume_enrollment(janes, 'back') from given;
select handoff.link_partner_account('hsi', 'h-1', jane) from given;
select handoff.withdraw_enrollment(janes, 'left') from given;
select is(pg_temp.unlink(), 4, 'withdrawn');
select is(test.status(janes) || ' ' || test.steps(janes), 'withdrawn hsi:completed certiport:in_progress careersafe:pending', 'its steps stay') from given;
select is_empty('select * from test.violations()', 'the books are right');
select is(handoff.link_partner_account('hsi', 'h-1', john), 4, 'and the first one after all') from given;
select is_empty('select * from test.violations()', 'the books are right');

-- Who may, and what is refused.
select throws_ok($$select handoff.unlink_partner_account('hsi', 'h-9', 'why')$$, 'TH404', null, 'an unknown account');
select throws_ok($$select handoff.unlink_partner_account('hsi', 'h-1', ' ')$$, 'TH400', null, 'without a reason');
select test.act('handoff_admin', john) from given;
select throws_ok($$select handoff.unlink_partner_account('hsi', 'h-1', 'why')$$, 'TH403', null, 'the role alone does not make an admin');
select test.as_dba();
select function_privs_are('handoff', 'unlink_partner_account', array['text', 'text', 'text'], role, array[]::text[], role || ' can''t')
from (values ('handoff_worker'), ('handoff_webhook')) as v (role);

select * from finish();
rollback;
