begin;
select plan(21);

select test.set_clock('2026-03-10 12:00+00');
create temporary table given as select test.student() as student_id, test.enroll('cna') as cna;
select test.set_clock('2026-03-20 12:00+00');
create function pg_temp.completed_at(p_time text) returns text language sql as $$
  select test.send('hsi', 'course.completed', test.student(), jsonb_build_object('completed_at', p_time))
$$;
-- Each is tried on the open step and undone.
create function pg_temp.tried(p_time text) returns text language plpgsql as $$
declare
  v_outcome text;
begin
  begin
    v_outcome := pg_temp.completed_at(p_time);
    raise exception using errcode = 'TEST1';
  exception
    when sqlstate 'TEST1' then
      return v_outcome;
  end;
end;
$$;

select is(pg_temp.tried(v.written), v.outcome, v.what)
from (values
  ('2026-03-09T12:00:00Z', 'accepted:completed', 'a day before the enrollment'),
  ('2026-03-09T11:59:59.999999Z', 'parked:time_review', 'before the enrollment (more than a day)'),
  ('2026-03-09T13:00:00+01:00', 'accepted:completed', 'a day before, in another zone'),
  ('2026-03-09T12:00:00+01:00', 'parked:time_review', 'more than a day before, in another zone'),
  ('1999-12-31T23:59:59Z', 'parked:time_review', 'long before'),
  ('2026-03-15T12:00:00Z', 'accepted:completed', 'since the enrollment'),
  ('2026-03-21T12:00:00Z', 'accepted:completed', 'a day ahead'),
  ('2026-03-21T12:00:00.000001Z', 'parked:time_review', 'more than a day ahead'),
  ('9999-12-30T23:59:59Z', 'parked:time_review', 'far ahead')
) as v (written, outcome, what);

-- It is kept with the step; only a person takes it further.
select is(pg_temp.completed_at('2026-01-01T00:00:00Z'), 'parked:time_review', 'parked');
select is(
  (select (e.step_id = test.step(given.cna, 1))::text from handoff.partner_events as e), 'true', 'with the step that it means'
) from given;
select is(
  test.send('hsi', 'certificate.issued', student_id, '{"completed_at": "2026-01-01T00:00:00Z"}'),
  'parked:time_review', 'evidence of that time, too'
) from given;
select is(
  test.send('hsi', 'enrollment.created', student_id, '{"completed_at": "2026-01-01T00:00:00Z"}'),
  'parked:time_review', 'or an acknowledgement'
) from given;
select is(r.status || ':' || r.reason, 'parked:time_review', 'a replay does not change the time')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_type = 'course.completed';
select is(r.status || ':' || r.reason, 'accepted:completed', 'an admin who assigns it has reviewed the time')
from handoff.partner_events as e, given, handoff.assign_partner_event(e.receipt, test.step(given.cna, 1), 'they count prior learning') as r
where e.event_type = 'course.completed';
select is(
  pg_temp.completed_at('1999-01-01T00:00:00Z'),
  'ignored:already_completed', 'on a completed step the time does not matter'
);

-- What is ahead is looked at when it is applied.
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true, "completed_at": "2026-03-25T00:00:00Z"}'),
  'parked:time_review', 'five days ahead'
) from given;
select test.set_clock('2026-03-24 12:00+00');
select is(r.status || ':' || r.reason, 'accepted:completed', 'is in time by now')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_type = 'exam.completed';

-- An old event must not complete a step of an enrollment made much later, neither by its time nor by its receipt.
select test.set_clock('2026-04-01 12:00+00');
select test.send('hsi', 'course.completed', null, '{"student_id": "old-1", "completed_at": "2026-04-01T11:00:00Z"}');
select test.send('hsi', 'course.completed', null, '{"student_id": "old-2"}');
select test.set_clock('2026-04-02 13:00+00');
select test.enroll('cna', 'jane@test.example');
select is(
  handoff.link_partner_account('hsi', 'old-1', test.student('jane@test.example')),
  0, 'parked since before the enrollment: not applied'
);
select is(
  handoff.link_partner_account('hsi', 'old-2', test.student('jane@test.example')), 0, 'nor one without completed_at'
);
select is(
  (select string_agg(e.reason, ' ') from handoff.partner_events as e where e.external_student_id like 'old-_'), 'time_review time_review',
  'both are reviewed'
);

select * from finish();
rollback;
