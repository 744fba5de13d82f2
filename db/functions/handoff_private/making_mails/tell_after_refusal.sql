-- Lock order: message.
-- The mail about the start was held back, or said that the place was being cleared up.
create or replace function handoff_private.tell_after_refusal(p_message handoff.outbox)
returns void
language sql
volatile
as $$
  insert into handoff.outbox as m (
    key, kind, profile_id, enrollment_id, step_id, start_number, made_at, expires_at, due_at
  )
  select
    k.key, 'step_ready', e.student_id, e.id, p_message.step_id, p_message.start_number, c.now,
    c.now + handoff_private.sent_within('step_ready'), c.now
  from handoff.enrollments as e
  cross join (select handoff.clock()) as c (now)
  cross join (select concat_ws(':', 'step_ready', p_message.step_id, p_message.start_number)) as k (key)
  where e.id = p_message.enrollment_id and exists (
    select
    from handoff.outbox as o
    where o.enrollment_id = e.id and (
      (o.key = k.key and o.status = 'cancelled' and o.detail = 'the partner has refused the student')
      or (o.facts ? 'told_refused' and o.facts ->> 'tells_of' = concat_ws(':', p_message.step_id, p_message.start_number))
    )
  )
  on conflict (key) do update
  set status = 'pending', due_at = excluded.due_at, expires_at = excluded.expires_at, settled_at = null, detail = null
  where m.status = 'cancelled' and m.attempts = 0
$$;

comment on function handoff_private.tell_after_refusal(handoff.outbox) is
  'A partner that had refused a student has taken the student after all: the student is told that the step is ready.';
