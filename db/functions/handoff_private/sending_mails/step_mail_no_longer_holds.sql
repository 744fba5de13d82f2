-- A start is told once: where another mail about the enrollment has told of it, or is going to, this one is not sent.
create or replace function handoff_private.step_mail_no_longer_holds(p_mail handoff.outbox)
returns text
language sql
stable
as $$
  select case
    when e.status <> 'active' and (p_mail.kind <> 'not_passed' or e.status <> 'on_hold') then 'the enrollment is ' || e.status
    when p_mail.facts ? 'failed' and s.status <> 'failed' then 'the step is ' || s.status
    when not p_mail.facts ? 'failed' and s.status not in ('in_progress', 'pending') then 'the step is ' || s.status
    when p_mail.kind <> 'not_passed' and s.status = 'pending' then 'the step is ' || s.status
    when p_mail.start_number <> greatest(handoff_private.starts_of(s.id), 1) then 'the step was started again'
    when p_mail.kind = 'step_ready' and a.refused_at >= s.started_at then 'the partner has refused the student'
    when p_mail.kind = 'step_ready' and exists (
      select
      from handoff.outbox as o
      where o.enrollment_id = e.id and o.kind in ('enrolled', 'approved', 'resumed', 'taken_back')
        and case
          when o.facts ? 'tells_of'
            then o.facts ->> 'tells_of' = concat_ws(':', s.id, p_mail.start_number) and not o.facts ? 'told_refused'
          else o.status in ('pending', 'failed') and handoff_private.enrollment_mail_no_longer_holds(o) is null
        end
    ) then 'told in another mail'
  end
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  left join handoff.partner_answers as a on a.step_id = s.id
  where s.id = p_mail.step_id
$$;

comment on function handoff_private.step_mail_no_longer_holds(handoff.outbox) is
  'Why a mail about a step is not sent any more; null: the step is as the mail says.';
