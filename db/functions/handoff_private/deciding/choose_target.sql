-- What the event names goes first: the enrollment, then the course. Open enrollments go before closed ones, of which the
-- newest speaks. A done step stays a candidate: where a partner stands twice, the event may be of that one. Among equals an
-- open step goes first, so when the first is done, all are.
create or replace function handoff_private.choose_target(p_event handoff.partner_events)
returns record
language plpgsql
stable
as $$
declare
  v_first record;
  v_next  record;
begin
  for v_next in
    select t.*
    from handoff_private.targets_of_event(p_event) as t
    order by t.is_named desc, t.closed desc nulls first, t.is_course desc, t.is_done, t.enrolled_at desc, t.step_id
    limit 2
  loop
    if v_first is null then
      v_first := v_next;
    else
      v_first.is_ambiguous := not v_first.is_done
        and (v_next.is_named, v_next.closed, v_next.is_course)
          is not distinct from (v_first.is_named, v_first.closed, v_first.is_course);
    end if;
  end loop;
  return v_first;
end;
$$;

comment on function handoff_private.choose_target(handoff.partner_events) is
  'The step that the event means, a row of targets_of_event, and whether it could mean an open other one as well; null when there is none.';
