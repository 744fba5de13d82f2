-- Lock order: enrollments.
-- FOR NO KEY UPDATE: foreign keys to the enrollment do not wait. What the caller decides, it decides on this row.
-- Steps and events are taken under their enrollment, so the order between those two does not matter.
create or replace function handoff_private.lock_enrollment(p_enrollment_id uuid)
returns handoff.enrollments
language plpgsql
volatile
as $$
declare
  v_enrollment handoff.enrollments;
begin
  select e.* into v_enrollment from handoff.enrollments as e where e.id = p_enrollment_id for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown enrollment',
      detail = jsonb_build_object('enrollment_id', p_enrollment_id)::text,
      hint = 'Give the id of an enrollment.';
  end if;
  return v_enrollment;
end;
$$;

comment on function handoff_private.lock_enrollment(uuid) is
  'The enrollment, locked: everything that moves one starts here. TH404 when there is none.';
