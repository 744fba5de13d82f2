create or replace function handoff_private.request_no_longer_holds(p_message handoff.outbox)
returns text
language sql
stable
as $$
  select case
    when p.enroll_url is null then 'the partner is not told any more'
    when p.status = 'retired' then 'the partner is ' || p.status
    when e.status not in ('active', 'on_hold') then 'the enrollment is ' || e.status
    when s.status <> 'in_progress' then 'the step is ' || s.status
    when o.erased_at is not null then 'the student was forgotten'
    when p_message.start_number <> handoff_private.starts_of(s.id) then 'the step was started again'
  end
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  join handoff.profiles as o on o.id = e.student_id
  join handoff.partners as p on p.slug = s.partner_slug
  where s.id = p_message.step_id
$$;

comment on function handoff_private.request_no_longer_holds(handoff.outbox) is
  'Why a partner needs to be told of a student no more; null: it does.';
