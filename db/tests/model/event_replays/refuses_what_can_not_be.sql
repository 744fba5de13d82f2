begin;
select plan(10);

select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
select is(
  test.refused_by(format(
    'insert into handoff.event_replays (occurred_at, act, receipt, events, actor_role, actor_id) values (handoff.clock(), %L, %L, 1, ''nobody'', %L)',
    c.act, c.receipt, c.actor
  )), c.by, c.what
)
from (select e.receipt as known from handoff.partner_events as e) as e
cross join lateral (values
  ('marked', null::uuid, null::uuid, null, 'many'),
  ('replayed', known, null, null, 'one'),
  ('undone', null, null, '23514:event_replays_act_known', 'an unknown act'),
  ('replayed', null, null, '23514:event_replays_one_names_event', 'one of none'),
  ('set_aside', null, null, '23514:event_replays_one_names_event', 'none set aside'),
  ('unlinked', known, null, '23514:event_replays_one_names_event', 'an account''s of one'),
  ('stopped', known, null, '23514:event_replays_one_names_event', 'many of one'),
  ('replayed', gen_random_uuid(), null, '23503:event_replays_receipt_fkey', 'an unknown event'),
  ('marked', null, gen_random_uuid(), '23503:event_replays_actor_id_fkey', 'an unknown person')
) as c (act, receipt, actor, by, what);
insert into handoff.event_replays (occurred_at, act, events, actor_role) values (handoff.clock(), 'marked', 0, 'nobody');
select is(
  test.refused_by('insert into handoff.event_replays overriding system value select * from handoff.event_replays'), '23505:event_replays_pkey', 'a number that is taken'
);

select * from finish();
rollback;
