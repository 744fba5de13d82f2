-- Lock order: message.
-- The caller holds: reader.
-- Who has no access any more gets a row, too, which is cancelled when it is claimed: so each change has its row.
create or replace function handoff_private.make_mails(p_from bigint, p_upto bigint)
returns void
language sql
volatile
as $$
  insert into handoff.outbox (
    key, kind, profile_id, enrollment_id, step_id, start_number, facts, made_at, expires_at, due_at
  )
  select
    m.key, m.kind, e.student_id, m.enrollment_id, m.step_id, m.start_number, m.facts, c.now,
    m.occurred_at + handoff_private.sent_within(m.kind),
    c.now + case when handoff_private.waits_for_partner(m.kind, m.enrollment_id) then interval '1 hour' else interval '0' end
  from handoff.mailing as b
  cross join lateral handoff_private.mails_of(greatest(p_from, b.began), p_upto) as m
  join handoff.enrollments as e on e.id = m.enrollment_id
  cross join (select handoff.clock() as now) as c
  on conflict (key) do nothing
$$;

comment on function handoff_private.make_mails(bigint, bigint) is
  'Puts into the outbox the mails that follow from a part of the audit trail, none about what was before mails were.';
