create or replace function handoff_private.faults_of_mails()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  select 'each change of which a student is told has its mail', m.enrollment_id, m.key || ' is not there'
  from handoff.mailing as b
  join handoff.trail_readers as r on r.name = 'messages'
  cross join lateral handoff_private.mails_of(b.began, r.position) as m
  where not exists (select from handoff.outbox as o where o.key = m.key)
$$;

comment on function handoff_private.faults_of_mails() is
  'Changes about which a student is mailed and that have no mail, as far as the trail was followed since mails began.';
