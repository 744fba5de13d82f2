-- Lock order: none.
-- The caller holds: profile, enrollments.
create or replace function handoff_private.erase_reasons(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_known constant text := handoff_private.person_pattern(p_person);
begin
  update handoff.step_transitions as t
  set reason = '(erased)'
  where t.reason <> '(erased)' and (
    t.enrollment_id in (select e.id from handoff.enrollments as e where e.student_id = any (p_person.ids))
    or handoff_private.comparable(t.reason) ~ v_known
  );
  update handoff.acts as a
  set reason = '(erased)'
  where a.reason <> '(erased)' and (
    a.profile_id = any (p_person.ids) or a.merged_into = any (p_person.ids)
    or a.enrollment_id in (select e.id from handoff.enrollments as e where e.student_id = any (p_person.ids))
    or a.event_receipt in (select e.receipt from handoff.partner_events as e where e.student_id = any (p_person.ids))
    or handoff_private.comparable(a.reason) ~ v_known
  );
end;
$$;

comment on function handoff_private.erase_reasons(handoff_private.forgotten) is
  'Takes the free-text reasons about a person, and those that name the person, out of the trail.';
