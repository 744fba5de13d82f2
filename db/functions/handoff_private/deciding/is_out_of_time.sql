-- An old event must not be credited to an enrollment made much later; without a time of its own, its receipt dates it.
-- A day alone is out of time when the whole day is.
create or replace function handoff_private.is_out_of_time(
  p_completed_at timestamptz, p_received_at timestamptz, p_enrolled_at timestamptz, p_day date default null
)
returns boolean
language sql
volatile
as $$
  select
    coalesce((p_day + 1)::timestamp at time zone handoff_private.school_zone(), p_completed_at, p_received_at)
      < p_enrolled_at - interval '1 day'
    or coalesce(p_day::timestamp at time zone handoff_private.school_zone(), p_completed_at)
      > handoff.clock() + interval '1 day'
$$;

comment on function handoff_private.is_out_of_time(timestamptz, timestamptz, timestamptz, date) is
  'True when the event is of more than a day before the enrollment, or more than a day ahead. p_day: the day, where '
  'the partner told a day alone.';
