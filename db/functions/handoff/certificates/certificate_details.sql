create or replace function handoff.certificate_details(p_number text)
returns table (
  number text,
  state text,
  student_name text,
  program_name text,
  enrolled_at timestamptz,
  completed_at timestamptz,
  issued_at timestamptz,
  revoked_at timestamptz,
  replaced_at timestamptz,
  partners jsonb,
  time_zone text,
  school_name text,
  school_address text,
  signatory text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    c.number,
    case when c.revoked_at is not null then 'revoked' when c.replaced_at is not null then 'replaced' else 'valid' end,
    c.student_name, c.program_name, c.enrolled_at, c.completed_at, c.issued_at, c.revoked_at, c.replaced_at,
    c.partners, c.time_zone, c.school_name, c.school_address, c.signatory
  from handoff.certificates as c
  where c.number = p_number
$$;

comment on function handoff.certificate_details(text) is
  'What the printed certificate says, under the caller''s row-level security.';
