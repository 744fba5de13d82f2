create or replace function handoff_private.times_of(p_enrollment_id uuid, p_kind text, p_upto bigint default null)
returns integer
language sql
stable
as $$
  select count(*)::integer
  from handoff.step_transitions as t
  where t.enrollment_id = p_enrollment_id and t.step_id is null and (p_upto is null or t.id <= p_upto)
    and handoff_private.mail_of_change(t.from_status, t.to_status) = p_kind
$$;

comment on function handoff_private.times_of(uuid, text, bigint) is
  'How often an enrollment has changed in the way that this kind of mail tells, or had up to an id of the audit trail.';
