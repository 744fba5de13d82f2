create or replace function handoff.worker_silence()
returns timestamptz
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select max(r.seen_at)
  from handoff.trail_readers as r
  having max(r.seen_at) < handoff.clock() - interval '5 minutes'
$$;

comment on function handoff.worker_silence() is
  'Since when no worker has looked, if it is more than five minutes; else null.';
