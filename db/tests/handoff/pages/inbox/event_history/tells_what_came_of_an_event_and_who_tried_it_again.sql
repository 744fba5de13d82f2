begin;
select plan(3);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as cna, test.enroll('emt') as emt;
grant select on given to public;
select test.send('hsi', 'course.completed', john, p_key => 'which') from given;
select test.send('certiport', 'enrollment.created', john, p_key => 'quiet') from given;
create function pg_temp.of(p_key text) returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
select test.as_admin(ada) from given;

select is_empty($$select * from handoff.event_history(pg_temp.of('quiet'))$$, 'nothing came of it');
select handoff.replay_partner_event(pg_temp.of('which'));
select test.travel('1 minute'), handoff.assign_partner_event(pg_temp.of('which'), test.step(cna, 1), 'asked the partner') from given;
select results_eq(
  $$select h.occurred_at, h.act, h.from_status, h.to_status, h.of_step, h.reason, h.actor from handoff.event_history(pg_temp.of('which')) as h$$,
  $$values
    ('2026-03-02 12:00:00+00'::timestamptz, 'replayed', null::text, null::text, false, null::text, 'Ada Admin'),
    ('2026-03-02 12:01:00+00', 'assigned', null, null, false, 'asked the partner', 'Ada Admin'),
    ('2026-03-02 12:01:00+00', 'partner_event', 'in_progress', 'completed', true, 'asked the partner', 'Ada Admin'),
    ('2026-03-02 12:01:00+00', 'advanced', 'pending', 'in_progress', true, 'asked the partner', 'Ada Admin')$$,
  'the replay, then each change that the event made, in order of time'
);
select is_empty('select * from handoff.event_history(gen_random_uuid())', 'an unknown receipt');

select * from finish();
rollback;
