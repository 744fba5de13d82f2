-- Lock order: alert.
create or replace function handoff.own_alert(p_alert_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alert handoff.alerts;
  v_owner uuid;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('alert_owned');
  v_owner := (handoff_private.current_act()).actor_id;
  v_alert := handoff_private.lock_alert(p_alert_id);
  if v_alert.owner_id is distinct from v_owner then
    update handoff.alerts as a set owner_id = v_owner where a.id = p_alert_id;
    perform handoff_private.record_alert_act(v_alert);
  end if;
end;
$$;

comment on function handoff.own_alert(uuid) is
  'The caller takes the alert on, also from somebody else; without claims it is nobody''s again. A second call changes '
  'nothing. TH403, TH404.';
