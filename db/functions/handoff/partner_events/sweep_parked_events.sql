-- Lock order: event.
-- It waits for nobody. It finds something when the thing that an event waited for was corrected while the event was
-- being decided.
create or replace function handoff.sweep_parked_events()
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_marked integer;
begin
  perform handoff_private.require_admin();
  with slipped as (
    select e.receipt
    from handoff.partner_events as e
    where e.status = 'parked' and e.due_at is null and handoff_private.is_readable(e) and handoff_private.is_ready(e)
    order by e.position
    for no key update skip locked
  )
  update handoff.partner_events as e
  set due_at = handoff.clock()
  from slipped as s
  where e.receipt = s.receipt;
  get diagnostics v_marked = row_count;
  return v_marked;
end;
$$;

comment on function handoff.sweep_parked_events() is
  'Marks as due the parked events whose reason does not hold any more; returns how many, as a rule none. TH403.';
