-- The days until the partner has taken the student are not the student's, nor are those on hold or withdrawn.
create or replace function handoff_private.days_count_since(
  p_step_id uuid, p_enrollment_id uuid, p_started_at timestamptz, p_now timestamptz
)
returns timestamptz
language sql
stable
as $$
  select w.since + coalesce(
    (
      select sum(coalesce(b.ended_at, p_now) - greatest(b.occurred_at, w.since))
      from (
        select t.to_status, t.occurred_at, lead(t.occurred_at) over (order by t.id) as ended_at
        from handoff.step_transitions as t
        where t.enrollment_id = p_enrollment_id and t.step_id is null
      ) as b
      where b.to_status in ('on_hold', 'withdrawn') and coalesce(b.ended_at, p_now) > w.since
    ),
    interval '0'
  )
  from (select) as n
  left join handoff.partner_answers as a on a.step_id = p_step_id
  cross join lateral (
    select case
      when a.refused_at >= p_started_at then null
      when a.accepted_at is not null then greatest(p_started_at, a.accepted_at)
      when not exists (
        select
        from handoff.outbox as o
        where o.step_id = p_step_id and o.kind = 'enroll_at_partner' and o.settled_at is null
      ) then p_started_at
    end
  ) as w (since)
$$;

comment on function handoff_private.days_count_since(uuid, uuid, timestamptz, timestamptz) is
  'From when on the days of a step in progress count; moved on by the time that the enrollment was on hold. Null: not '
  'yet, the partner has not taken the student.';
