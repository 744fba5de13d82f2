-- Lock order: alert.
create or replace function handoff_private.lock_alert(p_alert_id uuid)
returns handoff.alerts
language plpgsql
volatile
as $$
declare
  v_alert handoff.alerts;
begin
  select a.* into v_alert from handoff.alerts as a where a.id = p_alert_id for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown alert',
      detail = jsonb_build_object('alert_id', p_alert_id)::text,
      hint = 'Give the id of an alert.';
  end if;
  return v_alert;
end;
$$;

comment on function handoff_private.lock_alert(uuid) is 'The alert, locked; TH404 when there is none.';
