-- What the event names goes first: the enrollment, then the course. Open enrollments go before closed ones, of which the
-- newest speaks. A done step stays a candidate: where a partner stands twice, the event may be of that one.
create or replace function handoff_private.choose_target(
  p_event handoff.partner_events,
  p_meaning text,
  out enrollment_id uuid,
  out enrollment_status text,
  out enrolled_at timestamptz,
  out step_id uuid,
  out step_status text,
  out candidates bigint,
  out all_done boolean
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    c.enrollment_id,
    c.enrollment_status,
    c.enrolled_at,
    c.step_id,
    c.step_status,
    count(*) over (),
    bool_and(c.step_status in ('completed', 'skipped')) over ()
  from (
    select
      t.*,
      rank() over (
        order by
          not t.is_named,
          t.enrollment_status in ('completed', 'withdrawn'),
          case when t.enrollment_status in ('completed', 'withdrawn') then t.enrolled_at end desc,
          p_event.item_ref is null or t.course_ref is distinct from p_event.item_ref
      ) as place
    from handoff_private.targets_of_event(p_event, p_meaning) as t
  ) as c
  where c.place = 1
  order by c.enrolled_at desc, c.step_id
  limit 1
$$;

comment on function handoff_private.choose_target(handoff.partner_events, text) is
  'The step that the event means, with how many others it could mean as well; all null when there is none.';
