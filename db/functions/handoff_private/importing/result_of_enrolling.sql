create or replace function handoff_private.result_of_enrolling(p_enrollment_id uuid, p_made boolean)
returns text
language sql
stable
as $$
  select case
    when p_made and e.status = 'pending' then 'awaits_approval'
    when p_made then 'enrolled'
    when e.status = 'completed' then 'already_completed'
    else 'already_enrolled'
  end
  from handoff.enrollments as e
  where e.id = p_enrollment_id
$$;

comment on function handoff_private.result_of_enrolling(uuid, boolean) is
  'What came of a line that was applied: enrolled now, or there already.';
