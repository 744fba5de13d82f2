create or replace function handoff_private.person_of_target(p_act text, p_target text)
returns uuid
language sql
stable
as $$
  select case handoff_private.kind_of_target(p_act)
    when 'enrollment' then handoff_private.student_of_enrollment(handoff_private.uuid_of(p_target))
    when 'step' then (
      select handoff_private.student_of_enrollment(s.enrollment_id)
      from handoff.enrollment_steps as s
      where s.id = handoff_private.uuid_of(p_target)
    )
    when 'certificate' then (select c.student_id from handoff.certificates as c where c.number = p_target)
    else (select p.id from handoff.profiles as p where p.id = handoff_private.uuid_of(p_target))
  end
$$;

comment on function handoff_private.person_of_target(text, text) is
  'The person whom an act concerns, by what it is done to; null when there is no such thing.';
