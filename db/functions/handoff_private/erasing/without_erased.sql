-- Most schools have forgotten nobody: who calls it on an event's way looks at a small index first.
create or replace function handoff_private.without_erased(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event   handoff.partner_events := p_event;
  v_account text := p_event.external_student_id;
begin
  if p_event.body is null then
    return p_event;
  end if;
  v_account := coalesce(v_account, handoff_private.parse_body(p_event.body) ->> 'student_id');
  if not exists (
    select
    from handoff.profiles as p
    left join handoff.partner_accounts as a on a.student_id = p.id and a.partner_slug = p_event.partner_slug
    where p.erased_at is not null
      and (p.id = p_event.student_id or p.id = handoff_private.student_of_id(v_account)
        or a.external_student_id = handoff_private.erased_text(p_event.partner_slug, v_account))
  ) then
    return p_event;
  end if;
  v_event.body_sha256 := sha256(p_event.body);
  v_event.body := null;
  v_event.context := handoff_private.plain_context(p_event.context);
  v_event.result := null;
  v_event.partner_enrollment_ref := handoff_private.uuid_of(p_event.partner_enrollment_ref)::text;
  if handoff_private.uuid_of(v_account) is null then
    v_event.external_student_id := handoff_private.erased_text(p_event.partner_slug, p_event.external_student_id);
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.without_erased(handoff.partner_events) is
  'A new event without what tells of a forgotten person: no body, and of the account a keyed hash.';
