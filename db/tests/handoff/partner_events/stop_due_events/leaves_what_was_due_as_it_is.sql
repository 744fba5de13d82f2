begin;
select plan(6);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.admin() as ada;
grant select on given to public;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'a'), test.deliver_raw('hsi', '{', 'b');
create function pg_temp.events() returns jsonb language sql security definer as $$
  select jsonb_agg(to_jsonb(e) - 'due_at' order by e.position) from handoff.partner_events as e
$$;
create function pg_temp.due() returns integer language sql security definer as $$
  select count(*)::integer from handoff.partner_events as e where e.due_at is not null
$$;
create temporary table before as select pg_temp.events() as events;
grant select on before to public;

select test.as_admin(ada) from given;
select is(handoff.stop_due_events(), 0, 'nothing is due');
select handoff.mark_events_due(), handoff.mark_events_due(p_status => 'rejected');
select is(pg_temp.due(), 2, 'two are due');
select is(handoff.stop_due_events(), 2, 'says how many it stopped');
select is(pg_temp.due(), 0, 'none is due any more');
select is(pg_temp.events(), events, 'nothing else of them has changed') from before;
select test.as_dba();
select results_eq(
  'select r.events, r.actor_id, r.occurred_at from handoff.acts as r where r.act = ''stopped'' order by r.id',
  $$select n, ada, '2026-03-02 12:00:00+00'::timestamptz from given, (values (0), (2)) as v (n)$$, 'who stopped them, and when'
);

select * from finish();
rollback;
