create or replace function handoff.certificate_details(p_number text)
returns table (
  number text,
  student_name text,
  program_name text,
  enrolled_at timestamptz,
  completed_at timestamptz,
  issued_at timestamptz,
  partners jsonb
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select c.number, c.student_name, c.program_name, c.enrolled_at, c.completed_at, c.issued_at, c.partners
  from handoff.certificates as c
  where c.number = p_number
$$;

comment on function handoff.certificate_details(text) is
  'What the printed certificate says, under the caller''s row-level security.';
