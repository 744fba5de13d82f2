-- Lock order: steps, certificate.
-- The caller holds: account, profile, enrollments.
create or replace function handoff_private.erase_records(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
begin
  update handoff.partner_accounts as a
  set external_student_id = handoff_private.erased_text(a.partner_slug, a.external_student_id)
  where a.student_id = any (p_person.ids);
  update handoff.enrollment_steps as s
  set external_enrollment_id = null
  from handoff.enrollments as e
  where e.student_id = any (p_person.ids) and s.enrollment_id = e.id and s.external_enrollment_id is not null;
  update handoff.certificates as c set student_name = null where c.student_id = any (p_person.ids);
  update handoff.profiles as p
  set
    email = p.id || '@erased.invalid',
    full_name = 'Erased',
    former_details = '{}',
    disabled_at = coalesce(p.disabled_at, handoff.clock()),
    erased_at = handoff.clock()
  where p.id = any (p_person.ids);
end;
$$;

comment on function handoff_private.erase_records(handoff_private.forgotten) is
  'Takes name, addresses and accounts of a person off the person''s own rows; of an account a keyed hash stays.';
