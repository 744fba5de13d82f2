-- Lock order: enrollments, steps, certificate.
-- Steps are looked for under the lock, so two calls make them once.
create or replace function handoff.generate_enrollment_steps(p_enrollment_id uuid)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(p_enrollment_id);
begin
  perform handoff_private.begin_act('generated');
  if exists (select from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id) then
    return 0;
  end if;
  if v_enrollment.status <> 'active' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Steps are made when the enrollment is active.'
    );
  end if;
  return handoff_private.copy_sequence(v_enrollment);
end;
$$;

comment on function handoff.generate_enrollment_steps(uuid) is
  'Makes one step per required mapping, in order, and starts the first; returns how many. 0 when steps exist. TH404, '
  'TH409 not active, TH422 nothing required.';
