-- Lock order: enrollments.
-- The step in progress stays as it is. Nothing is credited until the enrollment is resumed.
create or replace function handoff.hold_enrollment(p_enrollment_id uuid, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('held', handoff_private.require_reason(p_reason));
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status not in ('active', 'on_hold') then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an active enrollment is put on hold.'
    );
  end if;
  update handoff.enrollments as e set status = 'on_hold' where e.id = p_enrollment_id and e.status = 'active';
  return 'on_hold';
end;
$$;

comment on function handoff.hold_enrollment(uuid, text) is
  'Puts an active enrollment on hold. Returns the new status. TH403, TH404, TH409.';
