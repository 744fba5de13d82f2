create or replace function handoff.person_certificates(p_profile_id uuid)
returns table (
  number text,
  program_name text,
  issued_at timestamptz,
  completed_at timestamptz,
  revoked_at timestamptz,
  replaced_at timestamptz,
  time_zone text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select c.number, c.program_name, c.issued_at, c.completed_at, c.revoked_at, c.replaced_at, c.time_zone
  from handoff.certificates as c
  where c.student_id = p_profile_id
  order by c.issued_at desc, c.number
$$;

comment on function handoff.person_certificates(uuid) is
  'The certificates of a person, the newest first, valid or not.';
