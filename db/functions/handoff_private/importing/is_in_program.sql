create or replace function handoff_private.is_in_program(p_email text, p_program_slug text)
returns boolean
language sql
stable
as $$
  select exists (
    select
    from handoff.enrollments as e
    where e.student_id = handoff_private.profile_of_address(p_email) and e.program_slug = p_program_slug
      and e.status <> 'withdrawn'
  )
$$;

comment on function handoff_private.is_in_program(text, text) is
  'Whether the person with this address is in a program or has completed it: enrolling changes nothing then.';
