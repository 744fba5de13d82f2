create or replace function handoff_private.is_readable(p_event handoff.partner_events)
returns boolean
language sql
stable
as $$
  select p_event.body is not null or (
    p_event.status = 'parked' and p_event.event_type is not null and p_event.external_student_id is not null
  )
$$;

comment on function handoff_private.is_readable(handoff.partner_events) is
  'True when a waiting event can be read again: it has its body, or what was read of it before the body was dropped.';
