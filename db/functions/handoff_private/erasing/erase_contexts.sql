-- Lock order: event.
-- The caller holds: account, profile, enrollments.
-- Who handed an event in stands beside it; the event is another's, and keeps its body.
create or replace function handoff_private.erase_contexts(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_known constant text := concat_ws(
    '|', handoff_private.name_pattern(p_person.names), handoff_private.trace_pattern(p_person.addresses, null)
  );
begin
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.context - 'secret' <> '{}' and handoff_private.comparable(e.context::text) ~ v_known
    order by e.position
    for no key update
  )
  update handoff.partner_events as e
  set context = handoff_private.plain_context(e.context)
  from chosen as o
  where e.receipt = o.receipt;
  update handoff.partner_event_conflicts as c
  set context = handoff_private.plain_context(c.context)
  where c.context - 'secret' <> '{}' and handoff_private.comparable(c.context::text) ~ v_known;
end;
$$;

comment on function handoff_private.erase_contexts(handoff_private.forgotten) is
  'Takes out of contexts that name a person who sent what; which secret verified it stays.';
