begin;
select plan(10);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id;
grant select on given to public;
create function pg_temp.due() returns text language sql security definer as $$
  select string_agg(e.event_key, ' ' order by e.position) from handoff.partner_events as e where e.due_at is not null
$$;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'a');
select test.send('hsi', 'course.renamed', john, p_key => 'b') from given;
select test.send('jri', 'program.completed', null, '{"student_id": "j-1"}', 'c');
select test.deliver_raw('hsi', '{', 'd');
select test.send('hsi', 'course.completed', john, p_key => 'e') from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}', 'f');
update handoff.partner_events set body = null where event_key = 'f';

select test.as_admin(ada) from given;
select is(
  concat_ws(' ', handoff.mark_events_due(f.partner, f.status, f.reason), pg_temp.due(), handoff.stop_due_events()),
  concat_ws(' ', f.events, f.keys, f.events), 'marked, and stopped: ' || f.what
)
from (values
  (null, 'parked', null, 3, 'a b c', 'every parked one that has its body'),
  ('hsi', 'parked', null, 2, 'a b', 'of a partner'),
  (null, 'parked', 'unknown_student', 2, 'a c', 'with a reason'),
  (null, 'rejected', null, 1, 'd', 'rejected ones')
) as f (partner, status, reason, events, keys, what);
select is(pg_temp.due(), null, 'nothing is due any more');
select throws_ok($$select handoff.mark_events_due(null, 'accepted')$$, 'TH400', null, 'applied ones are not tried again');
select throws_ok($$select handoff.mark_events_due(null, null)$$, 'TH400', null, 'no status');
select throws_ok($$select handoff.mark_events_due('nobody')$$, 'TH404', null, 'an unknown partner');
select is(
  (select jsonb_agg(jsonb_build_array(r.act, r.partner_slug, r.event_status, r.event_reason, r.events) order by r.id) from (select * from handoff.acts order by id limit 3) as r),
  '[["marked_due", null, "parked", null, 3], ["stopped", null, null, null, 3], ["marked_due", "hsi", "parked", null, 2]]', 'what was asked for is written down'
);
select is(
  (select array_agg(distinct (r.occurred_at, r.actor_role, r.actor_id)::text) from handoff.acts as r),
  (select array[('2026-03-02 12:00:00+00'::timestamptz, 'handoff_admin', ada)::text] from given), 'with who and when'
);

select * from finish();
rollback;
