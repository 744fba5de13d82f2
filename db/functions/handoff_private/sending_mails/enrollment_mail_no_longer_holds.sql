create or replace function handoff_private.enrollment_mail_no_longer_holds(p_mail handoff.outbox)
returns text
language sql
stable
as $$
  select case
    when not case p_mail.kind
      when 'enrolled' then e.status = case when p_mail.facts ? 'awaits_approval' then 'pending' else 'active' end
      when 'taken_back' then e.status in ('pending', 'active', 'on_hold')
      when 'on_hold' then e.status = 'on_hold'
      when 'withdrawn' then e.status = 'withdrawn'
      else e.status = 'active'
    end then 'the enrollment is ' || e.status
    when (p_mail.facts ->> 'time')::integer <> handoff_private.times_of(e.id, p_mail.kind) then 'it has happened again since'
  end
  from handoff.enrollments as e
  where e.id = p_mail.enrollment_id
$$;

comment on function handoff_private.enrollment_mail_no_longer_holds(handoff.outbox) is
  'Why a mail about an enrollment is not sent any more; null: the enrollment is as the mail says.';
