create or replace function handoff.event_history(p_receipt uuid)
returns table (
  occurred_at timestamptz,
  act text,
  from_status text,
  to_status text,
  of_step boolean,
  reason text,
  actor text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select h.occurred_at, h.act, h.from_status, h.to_status, h.of_step, h.reason, coalesce(p.full_name, h.actor_role)
  from (
    select
      t.occurred_at, t.cause as act, t.from_status, t.to_status, t.step_id is not null as of_step, t.reason, t.actor_role,
      t.actor_id, 2 as part, t.id
    from handoff.step_transitions as t
    where t.event_receipt = p_receipt
    union all
    select a.occurred_at, a.act, null, null, false, a.reason, a.actor_role, a.actor_id, 1, a.id
    from handoff.acts as a
    where a.event_receipt = p_receipt
  ) as h
  left join handoff.profiles as p on p.id = h.actor_id
  order by h.occurred_at, h.part, h.id
$$;

comment on function handoff.event_history(uuid) is
  'What came of an event and who had it tried again, in order of time.';
