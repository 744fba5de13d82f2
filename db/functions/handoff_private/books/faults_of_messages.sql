create or replace function handoff_private.faults_of_messages()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  select 'each start of a step is told to its partner once', t.enrollment_id,
    'start ' || n.start_number || ' of ' || t.step_id || ' has no message'
  from handoff.trail_readers as r
  join handoff.step_transitions as t on t.id > r.began and t.id <= r.position and t.to_status = 'in_progress'
  join handoff.enrollment_steps as s on s.id = t.step_id
  join handoff.partners as p on p.slug = s.partner_slug and t.occurred_at >= p.enroll_url_since
  cross join lateral handoff_private.starts_of(t.step_id, t.id) as n (start_number)
  where r.name = 'messages' and not exists (
    select
    from handoff.outbox as o
    where o.step_id = t.step_id and o.kind = 'enroll_at_partner' and o.start_number = n.start_number
  )
  union all
  select 'a message tells of a start', o.enrollment_id, o.key
  from handoff.outbox as o
  where o.partner_slug is not null and o.start_number > handoff_private.starts_of(o.step_id)
$$;

comment on function handoff_private.faults_of_messages() is
  'Starts of steps that no partner was told of, as far as the trail was followed, and messages of none. A partner '
  'whose address was taken away and set again counts from then on.';
