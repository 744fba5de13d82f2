begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as cna;
grant select on given to public;
select handoff.mark_step_complete(test.step(cna, 1)) from given;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": false, "completed_at": "2027-05-01T10:00:00Z"}', 'failed'), 'parked:time_review', 'it waits'
) from given;
create function pg_temp.assign() returns text language sql security definer as $$
  select r.status || ':' || r.reason
  from given, handoff.partner_events as e, handoff.assign_partner_event(e.receipt, test.step(cna, 2), 'asked the partner') as r
  where e.event_key = 'failed'
$$;
select is(pg_temp.assign(), 'accepted:attempt_failed', 'a failed attempt, which moves nothing');
select is(pg_temp.assign(), 'duplicate:accepted:attempt_failed', 'again');
select results_eq(
  'select a.act, a.reason, a.enrollment_id, e.event_key from handoff.acts as a join handoff.partner_events as e on e.receipt = a.event_receipt order by 1',
  $$select a.act, 'asked the partner', cna, 'failed' from given, (values ('assigned'), ('attempt_failed')) as a (act)$$, 'who said so and why is kept, once'
);

select * from finish();
rollback;
