create or replace function handoff_private.certificates_of_person(p_profile_id uuid)
returns text[]
language sql
stable
as $$
  select coalesce(array_agg(n.noted), '{}')
  from handoff.certificates as c
  cross join unnest(array[c.number, c.number || ':' || handoff_private.certificate_state(c)]) as n (noted)
  where c.student_id = p_profile_id
$$;

comment on function handoff_private.certificates_of_person(uuid) is
  'The numbers of a person''s certificates, each also with its state behind a colon: revoking changes only the second.';
