-- Lock order: alert.
-- Asked by each process of the web application; who opens the alert is the one to tell of it.
create or replace function handoff.note_worker_silence(out since timestamptz, out is_news boolean)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  is_news := false;
  select max(r.seen_at) into since from handoff.trail_readers as r;
  if since >= handoff.clock() - interval '5 minutes' then
    since := null;
  elsif not pg_is_in_recovery() then
    insert into handoff.alerts (kind, severity, numbers, opened_at, last_seen_at, notified_at)
    select 'worker_silent', 'severe', jsonb_build_object('since', since), c.now, c.now, c.now
    from (select handoff.clock() as now) as c
    where not exists (select from handoff.alerts as a where a.kind = 'worker_silent' and a.closed_at is null)
    on conflict (kind, subject) where closed_at is null do nothing;
    is_news := found;
  end if;
end;
$$;

comment on function handoff.note_worker_silence() is
  'Since when no worker has looked, if it is more than five minutes; else null. Opens the alert, and says to one '
  'caller alone that it is news.';
