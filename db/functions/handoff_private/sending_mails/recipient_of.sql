create or replace function handoff_private.recipient_of(p_mail handoff.outbox)
returns uuid
language sql
stable
as $$
  select case
    when p_mail.kind in ('digest', 'alert') or p_mail.enrollment_id is null then p_mail.profile_id
    else handoff_private.student_of_enrollment(p_mail.enrollment_id)
  end
$$;

comment on function handoff_private.recipient_of(handoff.outbox) is
  'Whom a mail goes to: a student''s to whose enrollment it is today, since two profiles may have become one.';
