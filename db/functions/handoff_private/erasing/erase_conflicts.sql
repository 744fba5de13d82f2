-- Lock order: event.
-- The caller holds: account, profile, enrollments.
create or replace function handoff_private.erase_conflicts(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
begin
  with chosen as (
    select c.receipt, c.body_sha256, coalesce(s.student_id = any (t.ids), false) as is_own
    from handoff_private.traces_at_partners(p_person) as t
    join handoff.partner_events as e on e.partner_slug = t.partner_slug
    join handoff.partner_event_conflicts as c on c.receipt = e.receipt
    cross join lateral (select coalesce(e.student_id, handoff_private.student_meant(e)) as student_id offset 0) as s
    cross join lateral (select handoff_private.comparable(handoff_private.text_of_body(c.body)) as text offset 0) as b
    where s.student_id = any (t.ids) or handoff_private.tells_of(t, b.text, s.student_id, e.item_ref)
    order by e.position, c.body_sha256
    for no key update of c
  )
  update handoff.partner_event_conflicts as c
  set body = null, context = case when o.is_own then handoff_private.plain_context(c.context) else c.context end
  from chosen as o
  where c.receipt = o.receipt and c.body_sha256 = o.body_sha256;
end;
$$;

comment on function handoff_private.erase_conflicts(handoff_private.forgotten) is
  'Takes the bodies of conflicts that tell of a person.';
