-- Lock order: event.
create or replace function handoff_private.mark_due_of_event_type()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' or old is distinct from new then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.partner_slug and e.event_type = new.event_type
        and handoff_private.is_ready(e, 'event_type')
    ));
  end if;
  return null;
end;
$$;

comment on function handoff_private.mark_due_of_event_type() is
  'A new or changed event type makes the events due that were parked for want of it.';

create or replace trigger mark_due
  after insert or update on handoff.partner_event_types
  for each row execute function handoff_private.mark_due_of_event_type();
