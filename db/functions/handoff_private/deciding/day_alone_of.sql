-- A webhook says a time; the other channels may give a day alone, which is stored as its noon.
create or replace function handoff_private.day_alone_of(p_event handoff.partner_events)
returns date
language sql
stable
as $$
  select (p_event.partner_completed_at at time zone handoff_private.school_zone())::date
  where p_event.channel <> 'webhook'
    and (p_event.partner_completed_at at time zone handoff_private.school_zone())::time = '12:00'
$$;

comment on function handoff_private.day_alone_of(handoff.partner_events) is
  'The day of a completion that was given as a day alone; null for a time.';
