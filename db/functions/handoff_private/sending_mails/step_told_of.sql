create or replace function handoff_private.step_told_of(p_mail handoff.outbox)
returns uuid
language sql
stable
as $$
  select coalesce(p_mail.step_id, case
    when p_mail.kind in ('enrolled', 'approved', 'resumed', 'taken_back')
      then handoff_private.step_in_progress(p_mail.enrollment_id)
  end)
$$;

comment on function handoff_private.step_told_of(handoff.outbox) is
  'The step that a mail tells of: its own, or the one in progress where it says that an enrollment goes on.';
