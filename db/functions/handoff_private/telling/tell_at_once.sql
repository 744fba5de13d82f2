-- Lock order: alert, message.
-- The caller holds: batch.
-- One mail tells of all that became severe since the last sweep. One that was told of is not told of again, however
-- long it lasts.
create or replace function handoff_private.tell_at_once(p_now timestamptz, p_has_webhook boolean)
returns void
language plpgsql
volatile
as $$
declare
  v_new uuid[];
begin
  with told as (
    update handoff.alerts as a
    set notified_at = greatest(p_now, a.opened_at)
    where a.closed_at is null and a.severity = 'severe' and a.notified_at is null and a.acknowledged_at is null
    returning a.id
  )
  select array_agg(t.id order by t.id) into v_new from told as t;
  if v_new is not null then
    perform handoff_private.mail_admins('alert', v_new[1]::text, handoff_private.alert_facts(v_new));
  end if;
  if p_has_webhook then
    perform handoff_private.queue_webhook(a.id, 'opened', p_now) from handoff.alerts as a where a.id = any (v_new);
    perform handoff_private.queue_webhook(a.id, 'closed', p_now)
    from handoff.alerts as a
    where a.closed_at >= p_now and a.notified_at is not null;
  end if;
end;
$$;

comment on function handoff_private.tell_at_once(timestamptz, boolean) is
  'Tells every admin by mail, and whoever has an address for it, of alerts that became severe; the address also of '
  'those that have closed.';
