begin;
select plan(20);

select test.set_clock('2026-03-02 09:00+00');
create temporary table given as
  select test.enroll('it-support-specialist') as enrollment_id, test.student() as john,
    test.enroll('business-startup', 'jane@test.example') as janes, test.student('jane@test.example') as jane;
create function pg_temp.exam(p_more jsonb) returns text language sql as $$
  select test.send('certiport', 'exam.completed', test.student(), '{"passed": false}' || p_more)
$$;
create function pg_temp.module(p_more jsonb) returns text language sql as $$
  select test.send('jri', 'module.completed', test.student('jane@test.example'), p_more)
$$;
create function pg_temp.counts() returns text language sql as $$
  select string_agg(s.failed_attempts + s.progress_count || '', ' ' order by s.partner_slug)
  from handoff.enrollment_steps as s
  where s.partner_slug in ('certiport', 'jri')
$$;

-- A failed attempt is known by its item and time.
select is(pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T10:00:00Z"}'), 'accepted:attempt_failed', 'a failed attempt');
select is(pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T10:00:00Z"}'), 'accepted:attempt_failed', 'the same under another key');
select is(pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T11:00:00+01:00"}'), 'accepted:attempt_failed', 'the same instant');
select is(pg_temp.counts(), '1 0', 'is one attempt');
select pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T10:05:00Z"}');
select is(pg_temp.counts(), '2 0', 'another time is another');
select pg_temp.exam('{"exam_id": "B", "completed_at": "2026-03-02T10:05:00Z"}');
select is(pg_temp.counts(), '3 0', 'another item as well');
select pg_temp.exam('{"exam_id": "B"}'), pg_temp.exam('{"exam_id": "B"}');
select is(pg_temp.counts(), '5 0', 'without a time it can''t be known');
select handoff.fail_step(test.step(enrollment_id, 1), 'three attempts') from given;
select is(pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T10:00:00Z", "enrollment_id": "c-1"}'), 'accepted:attempt_failed', 'at a failed step');
select is(pg_temp.counts(), '5 0', 'it is no other');
select is((select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)), 'c-1', 'what else it tells is kept') from given;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
select is(pg_temp.exam('{"exam_id": "A", "completed_at": "2026-03-02T10:00:00Z"}'), 'ignored:late_failure', 'on a done step it is late');

-- A part is known by its name, and there are six.
select is(pg_temp.module('{}'), 'accepted:progress', 'a part without a name');
select is(pg_temp.counts(), '5 0', 'is not counted');
select is(string_agg(pg_temp.module(jsonb_build_object('module_id', 'badge-' || n)), ' '), repeat('accepted:progress ', 5) || 'accepted:progress', 'six parts')
from generate_series(1, 6) as n;
select is(pg_temp.counts(), '5 6', 'are counted');
select is(pg_temp.module('{"module_id": "badge-6"}'), 'ignored:stale_progress', 'a known one is stale');
select is(pg_temp.module('{"module_id": "Badge 6"}'), 'accepted:progress', 'one beyond the total is progress');
select is(pg_temp.counts(), '5 6', 'and the count stays');
select is(pg_temp.module('{"module_id": "Badge 6"}'), 'ignored:stale_progress', 'known by now');
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
