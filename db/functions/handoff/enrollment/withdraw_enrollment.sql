-- Lock order: enrollments.
-- Steps keep their status, the one in progress too: figures count active enrollments only.
create or replace function handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text)
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
  perform handoff_private.begin_act('withdrawn', handoff_private.require_reason(p_reason));
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'completed' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'A completed enrollment has its certificate; it is not withdrawn.'
    );
  end if;
  update handoff.enrollments as e
  set status = 'withdrawn', withdrawn_at = greatest(handoff.clock(), e.enrolled_at)
  where e.id = p_enrollment_id and e.status <> 'withdrawn';
  return 'withdrawn';
end;
$$;

comment on function handoff.withdraw_enrollment(uuid, text) is
  'Withdraws an open enrollment, until that is taken back; it does not certify. Returns the new status. '
  'TH403, TH404, TH409.';
