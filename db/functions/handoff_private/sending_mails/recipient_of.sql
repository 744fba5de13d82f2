create or replace function handoff_private.recipient_of(p_mail handoff.outbox)
returns uuid
language sql
stable
as $$ select coalesce(handoff_private.student_of_enrollment(p_mail.enrollment_id), p_mail.profile_id) $$;

comment on function handoff_private.recipient_of(handoff.outbox) is
  'Whom a mail goes to: whose enrollment it is today, since two profiles may have become one.';
