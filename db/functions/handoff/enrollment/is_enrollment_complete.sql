-- Runs with the caller's rights: another student's enrollment is an unknown one.
create or replace function handoff.is_enrollment_complete(p_enrollment_id uuid)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_enrollment_id is null or not exists (select from handoff.enrollments as e where e.id = p_enrollment_id) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown enrollment',
      detail = jsonb_build_object('enrollment_id', p_enrollment_id)::text,
      hint = 'Give the id of an enrollment.';
  end if;
  return (
    select coalesce(bool_and(s.status in ('completed', 'skipped')) and bool_or(s.status = 'completed'), false)
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment_id
  );
end;
$$;

comment on function handoff.is_enrollment_complete(uuid) is
  'True when at least one step is completed and every other is completed or skipped. No steps: false. TH404 when '
  'unknown.';
