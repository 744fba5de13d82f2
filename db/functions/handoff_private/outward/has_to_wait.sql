-- What may go on is not cancelled: the start of the step is in the trail once, so nobody would tell of it again.
create or replace function handoff_private.has_to_wait(p_message handoff.outbox)
returns boolean
language sql
stable
as $$
  select p.status = 'disabled' or e.status = 'on_hold'
  from handoff.enrollments as e
  cross join handoff.partners as p
  where e.id = p_message.enrollment_id and p.slug = p_message.partner_slug
$$;

comment on function handoff_private.has_to_wait(handoff.outbox) is
  'Whether the partner is disabled or the enrollment on hold: the message still holds, and goes out afterwards.';
