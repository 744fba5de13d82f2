-- An old event must not be credited to an enrollment made much later; without a time of its own, its receipt dates it.
create or replace function handoff_private.is_out_of_time(
  p_completed_at timestamptz, p_received_at timestamptz, p_enrolled_at timestamptz
)
returns boolean
language sql
volatile
as $$
  select coalesce(p_completed_at, p_received_at) < p_enrolled_at - interval '1 day'
    or p_completed_at > handoff.clock() + interval '1 day'
$$;

comment on function handoff_private.is_out_of_time(timestamptz, timestamptz, timestamptz) is
  'True when the event is of more than a day before the enrollment, or more than a day ahead.';
