-- Lock order: batch, watch, alert, message.
-- One sweeps at a time; who comes meanwhile leaves it to that one.
create or replace function handoff.sweep_alerts(p_has_webhook boolean default false)
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
  if v_opened > 0 then
    perform handoff_private.remind_students(v_now);
  end if;
  perform handoff_private.cancel_message(o.message_id, 'expired')
  from handoff.outbox as o
  where o.kind = 'alert_webhook' and o.due_at is not null and o.expires_at <= v_now
    and (o.lease_until is null or o.lease_until <= v_now);
  perform handoff_private.tell_at_once(v_now, p_has_webhook);
  perform handoff_private.tell_daily(v_now);
  delete from handoff.completion_days as d
  where d.day < (v_now at time zone handoff_private.school_zone())::date - 60;
  return v_opened;
end;
$$;

comment on function handoff.sweep_alerts(boolean) is
  'Opens an alert for what is wrong now, closes those whose cause is gone, and tells whoever is to know. '
  'p_has_webhook: somebody has set an address for it. Returns how many were opened; null: somebody else is at it.';
