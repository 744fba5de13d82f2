create or replace function handoff.worker_silence()
returns timestamptz
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select r.seen_at
  from handoff.trail_readers as r
  where r.name = 'messages' and r.seen_at < handoff.clock() - interval '5 minutes'
    and (
      exists (select from handoff.partners as p where p.enroll_url is not null)
      or exists (
        select
        from handoff.outbox as o
        where o.profile_id is not null and o.due_at < (select handoff.clock() - interval '5 minutes')
      )
    )
$$;

comment on function handoff.worker_silence() is
  'Since when no worker has looked, where partners are to be told of their students or a mail waits and it is more '
  'than five minutes; else null.';
