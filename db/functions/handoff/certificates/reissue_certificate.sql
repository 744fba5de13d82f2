-- Lock order: profile, enrollments, certificate.
create or replace function handoff.reissue_certificate(p_number text, p_reason text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old    handoff.certificates;
  v_number constant text := handoff_private.new_certificate_number();
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('certificate_reissued', handoff_private.require_reason(p_reason));
  v_old := handoff_private.lock_certificate(p_number);
  if v_old.replaced_at is not null then
    return v_old.replaced_by;
  elsif v_old.revoked_at is not null then
    perform handoff_private.refuse_certificate(v_old, 'A revoked certificate is not issued anew.');
  elsif v_old.student_name is null then
    perform handoff_private.refuse_certificate(v_old, 'The person was erased: there is no name to issue it with.');
  end if;
  -- The zone of the first makes its dates; where it is none any more, that of today does.
  -- One statement: the old one may name the new one, and one of them only is valid at any moment.
  with replaced as (
    update handoff.certificates as c
    set replaced_at = greatest(handoff.clock(), c.issued_at), replaced_by = v_number
    where c.number = v_old.number
    returning c.*
  )
  insert into handoff.certificates (
    number, enrollment_id, student_id, student_name, program_slug, program_name, enrolled_at, completed_at, issued_at,
    partners, time_zone, school_name, school_address, signatory
  )
  select
    v_number, r.enrollment_id, r.student_id, p.full_name, r.program_slug, r.program_name, r.enrolled_at, r.completed_at,
    r.issued_at, r.partners, coalesce(handoff_private.exact_zone(r.time_zone), handoff_private.school_zone()),
    s.name, s.address, s.signatory
  from replaced as r
  join handoff.profiles as p on p.id = r.student_id
  left join handoff.school as s on true;
  perform handoff_private.record_act(
    p_enrollment_id => v_old.enrollment_id, p_certificate_number => v_old.number
  );
  return v_number;
end;
$$;

comment on function handoff.reissue_certificate(text, text) is
  'Issues a certificate anew with the names of today and the dates of the first; the old one is replaced. Returns the'
  ' new number, of a replaced one the number that replaced it. TH403, TH404, TH409.';
