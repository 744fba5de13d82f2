-- Lock order: message.
create or replace function handoff_private.queue_mail(
  p_kind text,
  p_profile_id uuid,
  p_key text,
  p_enrollment_id uuid default null,
  p_step_id uuid default null,
  p_start_number integer default null,
  p_facts jsonb default '{}'
)
returns void
language sql
volatile
as $$
  insert into handoff.outbox (
    key, kind, profile_id, enrollment_id, step_id, start_number, facts, made_at, expires_at, due_at
  )
  select
    p_key, p_kind, p_profile_id, p_enrollment_id, p_step_id, p_start_number, p_facts, c.now,
    c.now + handoff_private.sent_within(p_kind), c.now
  from (select handoff.clock() as now) as c
  on conflict (key) do nothing
$$;

comment on function handoff_private.queue_mail(text, uuid, text, uuid, uuid, integer, jsonb) is
  'Puts a mail to a person into the outbox, due at once; nothing where its key was there before.';
