create or replace function handoff_private.starts_of(p_step_id uuid, p_upto bigint default null)
returns integer
language sql
stable
as $$
  select count(*)::integer
  from handoff.step_transitions as t
  where t.step_id = p_step_id and t.to_status = 'in_progress' and (p_upto is null or t.id <= p_upto)
$$;

comment on function handoff_private.starts_of(uuid, bigint) is
  'How often a step has started, or had up to an id of the audit trail.';
