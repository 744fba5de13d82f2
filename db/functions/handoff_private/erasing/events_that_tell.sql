-- Every body is searched, without a lock: an erasure is rare, and may take its time.
create or replace function handoff_private.events_that_tell(p_person handoff_private.forgotten)
returns uuid[]
language sql
stable
as $$
  select array_agg(e.receipt)
  from handoff_private.traces_at_partners(p_person) as t
  join handoff.partner_events as e on e.partner_slug = t.partner_slug
  cross join lateral (select coalesce(e.student_id, handoff_private.student_meant(e)) as student_id offset 0) as s
  cross join lateral (select handoff_private.comparable(handoff_private.text_of_body(e.body)) as text offset 0) as b
  where s.student_id = any (t.ids) or handoff_private.tells_of(t, b.text, s.student_id, e.item_ref)
    or (e.body is null and s.student_id is null and handoff_private.parts_of(e.event_key) ~ t.anything)
$$;

comment on function handoff_private.events_that_tell(handoff_private.forgotten) is
  'The events of a person who is forgotten, and those of others whose body names an address, an account or the name.';
