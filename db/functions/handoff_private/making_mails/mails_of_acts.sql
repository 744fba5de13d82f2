create or replace function handoff_private.mails_of_acts(p_from bigint, p_upto bigint)
returns table (
  kind text, key text, enrollment_id uuid, step_id uuid, start_number integer, facts jsonb, occurred_at timestamptz
)
language sql
stable
as $$
  select
    'not_passed', concat_ws(':', 'not_passed', e.step_id, n.start_number, 'attempt', n.attempt), a.enrollment_id, e.step_id,
    n.start_number, '{}'::jsonb, a.occurred_at
  from handoff.acts as a
  join handoff.partner_events as e on e.receipt = a.event_receipt
  join handoff.enrollment_steps as s on s.id = e.step_id and s.enrollment_id = a.enrollment_id
  cross join lateral (
    select greatest(handoff_private.starts_of(e.step_id, a.id), 1), handoff_private.attempts_of(e.step_id, a.id)
  ) as n (start_number, attempt)
  where a.id > p_from and a.id <= p_upto and a.act = 'attempt_failed'
  union all
  select
    a.act, concat_ws(':', a.act, n.number), c.enrollment_id, null, null, jsonb_build_object('certificate', n.number),
    a.occurred_at
  from handoff.acts as a
  join handoff.certificates as c on c.number = a.certificate_number
  cross join lateral (select case when a.act = 'certificate_reissued' then c.replaced_by else c.number end) as n (number)
  where a.id > p_from and a.id <= p_upto and a.act in ('certificate_reissued', 'certificate_revoked')
$$;

comment on function handoff_private.mails_of_acts(bigint, bigint) is
  'The mails that follow from a part of the audit trail, where no status changed: a failed attempt, a certificate '
  'issued anew or revoked.';
