-- Lock order: event.
create or replace function handoff_private.mark_due_of_partner()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.status = 'active' and old.status <> 'active' then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.slug and handoff_private.is_ready(e, 'partner')
    ));
  end if;
  return null;
end;
$$;

comment on function handoff_private.mark_due_of_partner() is
  'A partner that is active again makes the events due that came meanwhile.';

create or replace trigger mark_due
  after update of status on handoff.partners
  for each row execute function handoff_private.mark_due_of_partner();
