-- Lock order: message.
create or replace function handoff_private.wake_mails(p_enrollment_id uuid)
returns void
language sql
volatile
as $$
  update handoff.outbox as o
  set due_at = handoff.clock()
  where o.enrollment_id = p_enrollment_id and o.kind <> 'enroll_at_partner' and o.status = 'pending'
    and o.due_at > handoff.clock()
$$;

comment on function handoff_private.wake_mails(uuid) is
  'Mails that waited for what a partner answers are due: it has answered, or is not asked any more.';
