-- Lock order: none.
-- The caller holds: alert.
-- As record_act, of which see why the transaction's id is asked for.
create or replace function handoff_private.record_alert_act(p_alert handoff.alerts)
returns void
language sql
volatile
as $$
  insert into handoff.acts (
    occurred_at, act, reason, alert_id, enrollment_id, partner_slug, profile_id, actor_role, actor_id
  )
  select
    handoff.clock(), (c.act).cause, (c.act).reason, p_alert.id, p_alert.enrollment_id, p_alert.partner_slug,
    p_alert.profile_id, (c.act).actor_role, (c.act).actor_id
  from (select handoff_private.current_act() as act where pg_current_xact_id() is not null offset 0) as c
$$;

comment on function handoff_private.record_alert_act(handoff.alerts) is
  'Writes what an admin did with an alert to the audit trail, with the reason and the person of now.';
