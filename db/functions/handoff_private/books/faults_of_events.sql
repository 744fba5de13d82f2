create or replace function handoff_private.faults_of_events()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
as $$
  select 'every event is decided', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'received'

  union all
  select 'no event waits for an account that is linked', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'parked' and handoff_private.is_ready(e, 'account')

  union all
  select 'no event waits for an enrollment that is active', e.enrollment_id, e.event_key || ' ' || e.reason
  from handoff.partner_events as e
  where e.status = 'parked' and handoff_private.is_ready(e, 'enrollment')

  union all
  select 'an event that completed a step did so', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'accepted' and e.reason in ('completed', 'completed_early')
    and not exists (
      select
      from handoff.step_transitions as t
      where t.event_receipt = e.receipt and t.step_id = e.step_id and t.to_status = 'completed'
    )
$$;

comment on function handoff_private.faults_of_events() is
  'What is wrong between events and what became of them.';
