-- Lock order: steps, certificate.
-- The caller holds: enrollments.
-- The enrollment is active, so two calls can't both find no steps. The sequence is copied: an enrollment keeps it
-- when its program is edited later.
create or replace function handoff_private.copy_sequence(p_enrollment handoff.enrollments)
returns integer
language plpgsql
volatile
as $$
declare
  v_created integer;
begin
  perform handoff_private.continue_act('generated');
  insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, course_ref)
  select p_enrollment.id, m.partner_slug, m.sequence_order, m.course_ref
  from handoff.program_partners as m
  where m.program_slug = p_enrollment.program_slug and m.is_required
  order by m.sequence_order;
  get diagnostics v_created = row_count;
  if v_created = 0 then
    perform handoff_private.refuse_unconfigured(p_enrollment.program_slug);
  end if;
  perform handoff_private.move_on(p_enrollment.id);
  return v_created;
end;
$$;

comment on function handoff_private.copy_sequence(handoff.enrollments) is
  'Copies the required mappings of the program as steps and starts the first. TH422 when there is none.';
