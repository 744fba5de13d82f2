-- A partner's time can be ahead of our clock: what is certified was completed by the time of issue.
create or replace function handoff_private.completed_training(
  p_enrollment_id uuid, p_issued_at timestamptz, out completed_at timestamptz, out partners jsonb
)
language sql
stable
as $$
  select
    max(t.completed_at),
    jsonb_agg(jsonb_build_object('partner', t.partner, 'completed_at', t.completed_at) order by t.sequence_order)
  from (
    select
      s.sequence_order,
      p.name as partner,
      least(coalesce(s.partner_completed_at, s.completed_at), p_issued_at) as completed_at
    from handoff.enrollment_steps as s
    join handoff.partners as p on p.slug = s.partner_slug
    where s.enrollment_id = p_enrollment_id and s.status = 'completed'
  ) as t
$$;

comment on function handoff_private.completed_training(uuid, timestamptz) is
  'The completed steps in order, as a certificate lists them, and the latest of their times: the partners'', ours where'
  ' a partner told none, never after the issue.';
