-- Lock order: alert.
-- The caller holds: batch.
-- What has not changed is written each ten minutes only.
create or replace function handoff_private.renew_alerts(p_now timestamptz)
returns integer
language sql
volatile
as $$
  with found as materialized (
    select f.*, handoff_private.subject_of(f) as subject from handoff_private.what_is_wrong(p_now) as f
  ),
  refreshed as (
    update handoff.alerts as a
    set last_seen_at = greatest(a.last_seen_at, p_now), numbers = f.numbers, severity = f.severity
    from found as f
    where a.kind = f.kind and a.subject = f.subject and a.closed_at is null and (
      a.last_seen_at < p_now - interval '10 minutes' or (a.numbers, a.severity) is distinct from (f.numbers, f.severity)
    )
  ),
  closed as (
    update handoff.alerts as a
    set closed_at = greatest(a.last_seen_at, p_now)
    where a.closed_at is null and not exists (select from found as f where f.kind = a.kind and f.subject = a.subject)
  ),
  opened as (
    insert into handoff.alerts (
      kind, severity, about, enrollment_id, step_id, partner_slug, profile_id, numbers, opened_at, last_seen_at
    )
    select
      f.kind, f.severity, f.about, f.enrollment_id, f.step_id, f.partner_slug, f.profile_id, f.numbers, p_now, p_now
    from found as f
    where not exists (
      select from handoff.alerts as a where a.kind = f.kind and a.subject = f.subject and a.closed_at is null
    )
    on conflict (kind, subject) where closed_at is null do nothing
    returning id
  )
  select count(*)::integer from opened
$$;

comment on function handoff_private.renew_alerts(timestamptz) is
  'Opens an alert for what is wrong and has none, renews what still is, closes what is not any more; returns how many '
  'were opened.';
