-- Deny by default. Everything is taken from everybody first, since a grant that left these files would otherwise stay.
revoke all on schema handoff, handoff_private, handoff_ops from public;
revoke all on all tables in schema handoff, handoff_private, handoff_ops
  from public, handoff_student, handoff_admin, handoff_public, handoff_webhook, handoff_worker;
revoke all on all sequences in schema handoff, handoff_private, handoff_ops
  from public, handoff_student, handoff_admin, handoff_public, handoff_webhook, handoff_worker;
revoke all on all routines in schema handoff, handoff_private, handoff_ops
  from public, handoff_student, handoff_admin, handoff_public, handoff_webhook, handoff_worker;
revoke all on type handoff.event_receipt, handoff.text_span from public;

grant usage on schema handoff to handoff_student, handoff_admin, handoff_public, handoff_webhook, handoff_worker;
