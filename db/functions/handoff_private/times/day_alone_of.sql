create or replace function handoff_private.day_alone_of(p_event handoff.partner_events)
returns date
language sql
stable
as $$
  select case
    when p_event.partner_completed_day_only
      then (p_event.partner_completed_at at time zone handoff_private.school_zone())::date
  end
$$;

comment on function handoff_private.day_alone_of(handoff.partner_events) is
  'The day of a completion that was given as a day alone; null for a time.';
