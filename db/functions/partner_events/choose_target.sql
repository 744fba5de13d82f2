-- What the event names goes first: the enrollment, then the course. Open enrollments go before closed ones, of which the
-- newest speaks. A done step stays a candidate: where a partner stands twice, the event may be of that one.
create or replace function handoff_private.choose_target(
  p_event handoff.partner_events,
  out enrollment_id uuid,
  out enrollment_status text,
  out enrolled_at timestamptz,
  out step_id uuid,
  out step_status text,
  out is_ambiguous boolean
)
language plpgsql
stable
as $$
declare
  v_next     record;
  v_first    record;
  v_all_done boolean := true;
begin
  for v_next in
    select
      t.*,
      case when t.enrollment_status in ('completed', 'withdrawn') then t.enrolled_at end as closed,
      coalesce(t.course_ref = p_event.item_ref, false) as is_course
    from handoff_private.targets_of_event(p_event) as t
    order by t.is_named desc, closed desc nulls first, is_course desc, t.enrolled_at desc, t.step_id
  loop
    if enrollment_id is null then
      v_first := v_next;
      enrollment_id := v_next.enrollment_id;
      enrollment_status := v_next.enrollment_status;
      enrolled_at := v_next.enrolled_at;
      step_id := v_next.step_id;
      step_status := v_next.step_status;
      is_ambiguous := false;
    elsif (v_next.is_named, v_next.closed, v_next.is_course)
      is distinct from (v_first.is_named, v_first.closed, v_first.is_course)
    then
      exit;
    else
      is_ambiguous := true;
    end if;
    v_all_done := v_all_done and v_next.step_status in ('completed', 'skipped');
  end loop;
  is_ambiguous := is_ambiguous and not v_all_done;
end;
$$;

comment on function handoff_private.choose_target(handoff.partner_events) is
  'The step that the event means, and whether it could mean an open other one as well; all null when there is none.';
