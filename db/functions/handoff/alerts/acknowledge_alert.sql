-- Lock order: alert.
create or replace function handoff.acknowledge_alert(p_alert_id uuid, p_reason text default null)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alert handoff.alerts;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act(
    'alert_acknowledged', case when btrim(p_reason) <> '' then handoff_private.require_reason(p_reason) end
  );
  v_alert := handoff_private.lock_alert(p_alert_id);
  if v_alert.acknowledged_at is null then
    update handoff.alerts as a
    set acknowledged_at = greatest(handoff.clock(), a.opened_at), acknowledged_by = (handoff_private.current_act()).actor_id
    where a.id = p_alert_id;
    perform handoff_private.record_alert_act(v_alert);
  end if;
end;
$$;

comment on function handoff.acknowledge_alert(uuid, text) is
  'Somebody knows: the alert is off the list of what is new, and in no mail of the day; it closes by itself as any '
  'other. A second call changes nothing. TH400, TH403, TH404.';
