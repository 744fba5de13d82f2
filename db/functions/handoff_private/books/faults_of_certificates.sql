create or replace function handoff_private.faults_of_certificates()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  select 'a completed enrollment has a certificate, and no other has a valid one', e.id, e.status
  from handoff.enrollments as e
  cross join lateral (
    select count(*) as made, count(*) filter (where c.revoked_at is null and c.replaced_at is null) as valid
    from handoff.certificates as c
    where c.enrollment_id = e.id
  ) as c
  where case when e.status = 'completed' then c.made = 0 else c.valid > 0 end

  union all
  select 'a valid certificate lists the completed steps', c.enrollment_id, c.partners::text
  from handoff.certificates as c
  where c.revoked_at is null and c.replaced_at is null and jsonb_array_length(c.partners) <> (
    select count(*) from handoff.enrollment_steps as s where s.enrollment_id = c.enrollment_id and s.status = 'completed'
  )

  union all
  select 'a certificate was ended by an act, and by one', c.enrollment_id, c.number
  from handoff.certificates as c
  where num_nonnulls(c.revoked_at, c.replaced_at) <> (
    select count(*)
    from handoff.acts as a
    where a.certificate_number = c.number and a.act in ('certificate_revoked', 'certificate_reissued')
  )
$$;

comment on function handoff_private.faults_of_certificates() is
  'What is wrong between certificates and enrollments, and what ended one.';
