create or replace function handoff_private.student_meant(p_event handoff.partner_events)
returns uuid
language sql
stable
as $$
  select coalesce(
    p_event.student_id,
    (
      select a.student_id
      from handoff.partner_accounts as a
      where a.partner_slug = p_event.partner_slug and a.external_student_id = p_event.external_student_id
    ),
    (
      select coalesce(p.merged_into, p.id)
      from handoff.profiles as p
      where p.id = handoff_private.uuid_of(p_event.external_student_id)
    )
  )
$$;

comment on function handoff_private.student_meant(handoff.partner_events) is
  'Whose event it is by its account, also of one that was rejected; null when nobody knows.';
