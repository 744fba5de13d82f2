-- Lock order: profile, enrollments, certificate.
-- The profile too: its name is read, and an erasure must not come in between.
create or replace function handoff_private.lock_certificate(p_number text)
returns handoff.certificates
language plpgsql
volatile
as $$
declare
  v_number      constant text := handoff_private.normal_certificate_number(p_number);
  v_enrollment  uuid;
  v_certificate handoff.certificates;
begin
  select c.enrollment_id into v_enrollment from handoff.certificates as c where c.number = v_number;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown certificate',
      detail = jsonb_build_object('certificate', p_number)::text,
      hint = 'Give the number of a certificate.';
  end if;
  perform handoff_private.lock_person_of_enrollment(v_enrollment);
  perform handoff_private.lock_enrollment(v_enrollment);
  select c.* into v_certificate from handoff.certificates as c where c.number = v_number for no key update;
  return v_certificate;
end;
$$;

comment on function handoff_private.lock_certificate(text) is
  'The certificate of a number as typed, locked after its student and its enrollment. TH404 when there is none.';
