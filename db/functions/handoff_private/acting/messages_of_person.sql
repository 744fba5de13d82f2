create or replace function handoff_private.messages_of_person(p_profile_id uuid)
returns uuid[]
language sql
stable
as $$
  select array(
    select o.message_id from handoff.outbox as o where o.profile_id = p_profile_id
    union
    select o.message_id
    from handoff.enrollments as e
    join handoff.outbox as o on o.enrollment_id = e.id
    where e.student_id = p_profile_id
  )
$$;

comment on function handoff_private.messages_of_person(uuid) is
  'The messages to a person, and to partners about the person''s enrollments.';
