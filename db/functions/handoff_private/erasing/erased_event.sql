-- What was read of another's event stays, so that it can still be applied. In keys and ids the parts count.
create or replace function handoff_private.erased_event(
  p_event handoff.partner_events, p_is_own boolean, p_anything text
)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  v_event.body := null;
  if handoff_private.parts_of(p_event.event_key) ~ p_anything then
    v_event.event_key := handoff_private.erased_text(p_event.partner_slug, p_event.event_key);
  end if;
  if not coalesce(p_is_own, false) then
    return v_event;
  end if;
  v_event.context := handoff_private.plain_context(p_event.context);
  v_event.result := null;
  v_event.due_at := null;
  v_event.partner_enrollment_ref := handoff_private.uuid_of(p_event.partner_enrollment_ref)::text;
  if handoff_private.parts_of(p_event.item_ref) ~ p_anything then
    v_event.item_ref := null;
  end if;
  if p_event.meaning is null and handoff_private.parts_of(p_event.event_type) ~ p_anything then
    v_event.event_type := null;
  end if;
  if handoff_private.uuid_of(p_event.external_student_id) is null and p_event.external_student_id !~ '^erased:[0-9a-f]{64}$' then
    v_event.external_student_id := handoff_private.erased_text(p_event.partner_slug, p_event.external_student_id);
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.erased_event(handoff.partner_events, boolean, text) is
  'An event without what tells of a person who is forgotten. p_is_own: it is that person''s; p_anything: what tells, '
  'as a regular expression.';
