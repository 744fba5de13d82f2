create or replace function handoff_private.what_is_wrong(p_now timestamptz)
returns setof handoff_private.finding
language sql
stable
as $$
  select f.* from handoff_private.late_students(p_now) as f
  union all
  select f.* from handoff_private.blocked_enrollments(p_now) as f
  union all
  select f.* from handoff_private.failing_webhooks(p_now) as f
  union all
  select f.* from handoff_private.silent_partners(p_now) as f
  union all
  select f.* from handoff_private.waiting_events(p_now) as f
  union all
  select f.* from handoff_private.failing_deliveries(p_now) as f
  union all
  select f.* from handoff_private.odd_completions(p_now) as f
$$;

comment on function handoff_private.what_is_wrong(timestamptz) is
  'All that is wrong now, a row for each alert that has to be open. That no worker is at work is found by others.';
