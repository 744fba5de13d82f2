create or replace function handoff.person_version(p_profile_id uuid)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select greatest(
    0,
    (select max(a.id) from handoff.acts as a where a.profile_id = p_profile_id),
    (
      select max(greatest(
        (select max(t.id) from handoff.step_transitions as t where t.enrollment_id = e.id),
        (select max(a.id) from handoff.acts as a where a.enrollment_id = e.id)
      ))
      from handoff.enrollments as e
      where e.student_id = p_profile_id
    )
  )
$$;

comment on function handoff.person_version(uuid) is
  'The last id of the audit trail that concerns a person: whoever saw this one saw all that was so far.';
