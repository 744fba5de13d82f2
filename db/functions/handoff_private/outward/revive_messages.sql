-- Lock order: message.
-- The caller holds: enrollments.
-- The start of a step is in the trail once, so nobody would tell the partner of it again. What holds no longer is
-- cancelled again.
create or replace function handoff_private.revive_messages(p_enrollment_id uuid)
returns void
language sql
volatile
as $$
  update handoff.outbox as o
  set
    status = case when o.attempts = 0 then 'pending' else 'failed' end,
    due_at = handoff.clock(), settled_at = null, detail = null,
    expires_at = greatest(o.expires_at, handoff.clock() + handoff_private.sent_within(o.kind))
  where o.enrollment_id = p_enrollment_id and o.kind = 'enroll_at_partner' and o.status = 'cancelled'
$$;

comment on function handoff_private.revive_messages(uuid) is
  'Messages to partners about an enrollment that comes back are due again, those that were cancelled meanwhile. Mails '
  'are not: that it came back is a mail of its own.';
