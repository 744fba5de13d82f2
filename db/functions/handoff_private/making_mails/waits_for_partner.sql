-- The partner's answer has the link with which the student begins. wake_mails ends the wait.
create or replace function handoff_private.waits_for_partner(p_kind text, p_enrollment_id uuid)
returns boolean
language sql
stable
as $$
  select p_kind in ('enrolled', 'approved', 'step_ready', 'resumed', 'taken_back') and exists (
    select
    from handoff.enrollment_steps as s
    join handoff.partners as p on p.slug = s.partner_slug and s.started_at >= p.enroll_url_since
    where s.enrollment_id = p_enrollment_id and s.status = 'in_progress'
      and not exists (
        select
        from handoff.outbox as o
        where o.step_id = s.id and o.kind = 'enroll_at_partner' and o.settled_at is not null
          and o.start_number = handoff_private.starts_of(s.id)
      )
  )
$$;

comment on function handoff_private.waits_for_partner(text, uuid) is
  'Whether a mail of this kind tells of a step whose partner was not told yet of the student, or has not answered.';
