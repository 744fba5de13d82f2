create or replace function handoff.student_certificates()
returns table (enrollment_id uuid, number text, revoked_at timestamptz, replaced_at timestamptz)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select c.enrollment_id, c.number, c.revoked_at, c.replaced_at
  from handoff.certificates as c
  where c.student_id = (select handoff.caller_id())
  order by coalesce(c.revoked_at, c.replaced_at) desc nulls first, c.revoked_at desc nulls last, c.number
$$;

comment on function handoff.student_certificates() is
  'The certificates of the caller, valid ones first, then those that are not valid any more, from the last one back.';
