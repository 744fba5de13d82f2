create or replace function handoff_private.has_no_step_yet(p_mail handoff.outbox)
returns boolean
language sql
stable
as $$
  select p_mail.kind in ('enrolled', 'approved') and not p_mail.facts ? 'awaits_approval'
    and handoff_private.step_told_of(p_mail) is null
$$;

comment on function handoff_private.has_no_step_yet(handoff.outbox) is
  'Whether a mail that says that an enrollment began has no step to tell of: it waits for one.';
