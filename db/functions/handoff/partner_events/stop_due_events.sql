-- Lock order: event.
-- It waits for nobody: an event that somebody is trying right now is left out.
create or replace function handoff.stop_due_events()
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stopped integer;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('stopped');
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.due_at is not null
    order by e.position
    for no key update skip locked
  )
  update handoff.partner_events as e
  set due_at = null
  from chosen as c
  where e.receipt = c.receipt;
  get diagnostics v_stopped = row_count;
  perform handoff_private.record_act(p_events => v_stopped);
  return v_stopped;
end;
$$;

comment on function handoff.stop_due_events() is
  'Leaves every event that is still due as it is; returns how many. TH403.';
