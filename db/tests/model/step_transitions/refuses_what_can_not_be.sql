begin;
select plan(8);

create temporary table given as
  select test.enroll('cna') as enrollment_id, test.step(test.enroll('emt'), 1) as other_step;
select is(
  test.refused_by(format(
    'insert into handoff.step_transitions (occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role, actor_id)
     values (handoff.clock(), %L, %L, %L, %L, ''direct'', %L, ''nobody'', %L)',
    c.enrollment, c.step, c.from_status, c.to_status, c.event, c.actor
  )), c.by, c.what
)
from given
cross join lateral (values
  (enrollment_id, null::uuid, 'active', 'on_hold', null::uuid, null::uuid, null, 'a transition'),
  (enrollment_id, null, 'active', 'active', null, null, '23514:step_transitions_moves', 'from a status to itself'),
  (enrollment_id, null, 'active', null, null, null, '23502:', 'to nothing'),
  (gen_random_uuid(), null, 'active', 'on_hold', null, null, '23503:step_transitions_enrollment_id_fkey', 'of an unknown enrollment'),
  (enrollment_id, other_step, null, 'pending', null, null, '23503:step_transitions_step_id_enrollment_id_fkey', 'of a step of another enrollment'),
  (enrollment_id, null, 'active', 'on_hold', gen_random_uuid(), null, '23503:step_transitions_event_receipt_fkey', 'by an unknown event'),
  (enrollment_id, null, 'active', 'on_hold', null, gen_random_uuid(), '23503:step_transitions_actor_id_fkey', 'by an unknown person')
) as c (enrollment, step, from_status, to_status, event, actor, by, what);
select is(
  test.refused_by('insert into handoff.step_transitions overriding system value select * from handoff.step_transitions limit 1'),
  '23505:step_transitions_pkey', 'a number that is taken'
);

select * from finish();
rollback;
