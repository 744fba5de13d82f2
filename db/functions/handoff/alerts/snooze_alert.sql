-- Lock order: alert.
create or replace function handoff.snooze_alert(p_alert_id uuid, p_until timestamptz, p_reason text)
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
  perform handoff_private.begin_act('alert_snoozed', handoff_private.require_reason(p_reason));
  if p_until is null or p_until <= handoff.clock() or p_until > handoff.clock() + interval '366 days' then
    raise exception using
      errcode = 'TH400',
      message = 'not a time to snooze until',
      detail = '{"argument": "p_until"}',
      hint = 'Give a time to come, within a year.';
  end if;
  v_alert := handoff_private.lock_alert(p_alert_id);
  if v_alert.snoozed_until is distinct from p_until then
    update handoff.alerts as a set snoozed_until = p_until, digested_at = null where a.id = p_alert_id;
    perform handoff_private.record_alert_act(v_alert);
  end if;
end;
$$;

comment on function handoff.snooze_alert(uuid, timestamptz, text) is
  'Leaves the alert alone until then: it is off the list of what is new and in no mail, and comes back if it is still '
  'open. The same again changes nothing. TH400, TH403, TH404.';
