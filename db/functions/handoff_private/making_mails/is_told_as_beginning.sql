create or replace function handoff_private.is_told_as_beginning(p_start handoff.step_transitions)
returns boolean
language sql
stable
as $$
  select not exists (
    select
    from handoff.step_transitions as s
    where s.enrollment_id = p_start.enrollment_id and s.step_id is not null and s.to_status = 'in_progress' and s.id < p_start.id
  ) and exists (
    select
    from handoff.step_transitions as b
    join handoff.mailing as m on b.id > m.began
    where b.enrollment_id = p_start.enrollment_id and b.step_id is null and b.id < p_start.id and b.to_status = 'active'
      and handoff_private.mail_of_change(b.from_status, b.to_status) in ('enrolled', 'approved')
  )
$$;

comment on function handoff_private.is_told_as_beginning(handoff.step_transitions) is
  'Whether a start of a step is the first of its enrollment, and the enrollment''s beginning is mailed.';
