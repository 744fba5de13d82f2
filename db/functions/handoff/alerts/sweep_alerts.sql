-- Lock order: batch, watch, alert.
-- One sweeps at a time; who comes meanwhile leaves it to that one.
create or replace function handoff.sweep_alerts()
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now    constant timestamptz := handoff.clock();
  v_opened integer;
begin
  perform from handoff_ops.locks as l where l.name = 'alerts' for update skip locked;
  if not found then
    return null;
  end if;
  perform handoff_private.correct_since(v_now);
  v_opened := handoff_private.renew_alerts(v_now);
  delete from handoff.completion_days as d
  where d.day < (v_now at time zone handoff_private.school_zone())::date - 60;
  return v_opened;
end;
$$;

comment on function handoff.sweep_alerts() is
  'Opens an alert for what is wrong now, and closes those whose cause is gone; returns how many were opened. Null: '
  'somebody else is at it.';
