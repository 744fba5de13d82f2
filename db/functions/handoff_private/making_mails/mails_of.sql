create or replace function handoff_private.mails_of(p_from bigint, p_upto bigint)
returns table (
  kind text, key text, enrollment_id uuid, step_id uuid, start_number integer, facts jsonb, occurred_at timestamptz
)
language sql
stable
as $$
  select * from handoff_private.mails_of_enrollments(p_from, p_upto)
  union all
  select * from handoff_private.mails_of_steps(p_from, p_upto)
  union all
  select * from handoff_private.mails_of_acts(p_from, p_upto)
$$;

comment on function handoff_private.mails_of(bigint, bigint) is
  'The mails to students that follow from a part of the audit trail.';
