-- The caller holds: enrollments.
-- Whether open steps count hangs on the enrollment. A figure that counts an enrollment once is changed by the first row
-- of the kind.
create or replace function handoff_private.tally_of_step(
  p_step handoff.enrollment_steps,
  p_from text,
  p_cause text,
  p_role text
)
returns text
language plpgsql
stable
as $$
declare
  v_unaided constant boolean := p_role in ('handoff_webhook', 'handoff_worker');
  v_active  boolean;
  v_tally   text;
begin
  v_active := exists (select from handoff.enrollments as e where e.id = p_step.enrollment_id and e.status = 'active');
  v_tally := concat(
    p_step.partner_slug, ':',
    case when v_active or p_from in ('completed', 'skipped') then left(p_from, 1) end,
    case when v_active or p_step.status in ('completed', 'skipped') then upper(left(p_step.status, 1)) end,
    case when p_step.status = 'completed' then case when v_unaided and p_cause = 'partner_event' then '78' else '7' end end
  );
  if p_step.status <> 'in_progress' and p_cause <> 'generated' then
    return v_tally;
  end if;
  return (
    select concat(
      v_tally,
      case
        when p_cause = 'generated' and h.is_generated is not true
          then concat('3', case when h.is_activated then '2' end, case when h.is_started then '4' end)
      end,
      case when p_step.status = 'in_progress' and h.has_start then case when v_unaided then '56' else '5' end end,
      case when p_step.status = 'in_progress' and p_cause = 'advanced' and h.is_generated and not h.is_started then '4' end,
      case when p_step.status = 'in_progress' and p_cause = 'advanced' and v_unaided and h.has_end then 'T' end
    )
    from (
      select
        bool_or(t.step_id is null and t.to_status = 'active' and t.from_status is distinct from 'on_hold') as is_activated,
        bool_or(t.cause = 'generated') as is_generated,
        bool_or(t.step_id is not null and t.to_status = 'in_progress' and t.cause = 'advanced') as is_started,
        bool_or(t.step_id is not null and t.to_status = 'in_progress') as has_start,
        bool_or(t.step_id is not null and t.to_status in ('completed', 'skipped')) as has_end
      from handoff.step_transitions as t
      where t.enrollment_id = p_step.enrollment_id
    ) as h
  );
end;
$$;

comment on function handoff_private.tally_of_step(handoff.enrollment_steps, text, text, text) is
  'What a new status of a step changes in the figures: step_transitions.tally of the row that is about to be written.';
