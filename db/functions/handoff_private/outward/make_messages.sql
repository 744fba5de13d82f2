-- Lock order: message.
-- The caller holds: reader.
-- What was made stays made: a key is taken for ever, so a part of the trail that is read twice makes nothing twice.
create or replace function handoff_private.make_messages(p_from bigint, p_upto bigint)
returns void
language sql
volatile
as $$
  insert into handoff.outbox (
    key, kind, partner_slug, enrollment_id, step_id, start_number, made_at, expires_at, due_at
  )
  select
    concat_ws(':', 'enroll_at_partner', t.step_id, n.start_number), 'enroll_at_partner', s.partner_slug,
    t.enrollment_id, t.step_id, n.start_number, handoff.clock(), t.occurred_at + handoff_private.sent_within('enroll_at_partner'),
    handoff.clock()
  from handoff.step_transitions as t
  join handoff.enrollment_steps as s on s.id = t.step_id
  join handoff.partners as p on p.slug = s.partner_slug and t.occurred_at >= p.enroll_url_since
  cross join lateral handoff_private.starts_of(t.step_id, t.id) as n (start_number)
  where t.id > p_from and t.id <= p_upto and t.to_status = 'in_progress'
  on conflict (key) do nothing;
  select handoff_private.make_mails(p_from, p_upto)
$$;

comment on function handoff_private.make_messages(bigint, bigint) is
  'Puts into the outbox what follows from a part of the audit trail: a step that started is told to its partner, '
  'and people are mailed.';
