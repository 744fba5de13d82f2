-- Lock order: none.
-- The caller holds: profile, enrollments.
create or replace function handoff_private.erase_reasons(p_student_ids uuid[], p_names text[])
returns void
language plpgsql
volatile
as $$
begin
  update handoff.step_transitions as t
  set reason = '(erased)'
  where t.reason <> '(erased)' and (
    t.enrollment_id in (select e.id from handoff.enrollments as e where e.student_id = any (p_student_ids))
    or handoff_private.mentions(t.reason, p_names)
  );
  update handoff.acts as a
  set reason = '(erased)'
  where a.reason <> '(erased)' and (
    a.profile_id = any (p_student_ids) or a.merged_into = any (p_student_ids)
    or a.enrollment_id in (select e.id from handoff.enrollments as e where e.student_id = any (p_student_ids))
    or a.event_receipt in (select e.receipt from handoff.partner_events as e where e.student_id = any (p_student_ids))
    or handoff_private.mentions(a.reason, p_names)
  );
end;
$$;

comment on function handoff_private.erase_reasons(uuid[], text[]) is
  'Takes the free-text reasons about these people, and those that name them, out of the trail.';
