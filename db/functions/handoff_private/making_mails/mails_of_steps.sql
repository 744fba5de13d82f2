-- The first start of an enrollment is told in the mail that says that it began.
create or replace function handoff_private.mails_of_steps(p_from bigint, p_upto bigint)
returns table (
  kind text, key text, enrollment_id uuid, step_id uuid, start_number integer, facts jsonb, occurred_at timestamptz
)
language sql
stable
as $$
  select
    k.kind, concat_ws(':', k.kind, t.step_id, n.start_number, k.what), t.enrollment_id, t.step_id, n.start_number, k.facts,
    t.occurred_at
  from handoff.step_transitions as t
  join (
    values ('in_progress', 'step_ready', null, jsonb '{}'), ('failed', 'not_passed', 'failed', jsonb '{"failed": true}')
  ) as k (to_status, kind, what, facts) on k.to_status = t.to_status
  cross join lateral (select greatest(handoff_private.starts_of(t.step_id, t.id), 1)) as n (start_number)
  where t.id > p_from and t.id <= p_upto and t.step_id is not null
    and (k.kind <> 'step_ready' or not handoff_private.is_told_as_beginning(t))
$$;

comment on function handoff_private.mails_of_steps(bigint, bigint) is
  'The mails that follow from a part of the audit trail, where a step has started or failed.';
