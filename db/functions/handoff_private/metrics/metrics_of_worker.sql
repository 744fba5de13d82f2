-- The sequence says how far ids were drawn, also of what was undone: a reader passes over those.
create or replace function handoff_private.metrics_of_worker()
returns table (name text, labels jsonb, value numeric)
language sql
stable
as $$
  select
    'handoff_trail_reader_behind', jsonb_build_object('reader', r.name),
    (case when s.is_called then s.last_value else s.last_value - 1 end - r.position)::numeric
  from handoff.trail_readers as r
  cross join handoff.step_transitions_id_seq as s
  union all
  select
    'handoff_trail_reader_moved_timestamp_seconds', jsonb_build_object('reader', r.name), extract(epoch from r.moved_at)
  from handoff.trail_readers as r
  union all
  select 'handoff_worker_seen_timestamp_seconds', '{}', extract(epoch from max(r.seen_at))
  from handoff.trail_readers as r
$$;

comment on function handoff_private.metrics_of_worker() is
  'Of the worker: when it last looked, and how far the readers of the audit trail are.';
