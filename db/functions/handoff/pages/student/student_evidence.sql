-- Security definer: a student does not read what partners sent, but may know what of it stands with the own steps.
create or replace function handoff.student_evidence()
returns table (step_id uuid, received_at timestamptz, certificate_number text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select v.step_id, v.received_at, v.certificate_number
  from handoff_private.evidence_of(array(
    select s.id
    from handoff.enrollments as e
    join handoff.enrollment_steps as s on s.enrollment_id = e.id
    where e.student_id = (select handoff.caller_id())
  )) as v
$$;

comment on function handoff.student_evidence() is
  'The evidence and the certificate numbers that partners sent for the caller''s steps, in order of receipt.';
