-- Most schools have forgotten nobody: who calls it on an event's way looks at a small index first. An event of somebody
-- who is there is not searched.
create or replace function handoff_private.without_erased(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
stable
as $$
declare
  v_event  handoff.partner_events := p_event;
  v_is_own boolean := exists (
    select from handoff.profiles as p where p.id = p_event.student_id and p.erased_at is not null
  );
  v_named  text[];
begin
  if p_event.body is null or (p_event.student_id is not null and not v_is_own) then
    return p_event;
  end if;
  v_named := handoff_private.erased_accounts(p_event, v_is_own);
  if not v_is_own and v_named = '{}' then
    return p_event;
  end if;
  v_is_own := v_is_own or p_event.external_student_id is null or p_event.external_student_id = any (v_named);
  v_event.body_sha256 := sha256(p_event.body);
  return handoff_private.erased_event(v_event, v_is_own, handoff_private.name_pattern(array(
    select n.account from unnest(v_named) as n (account) where handoff_private.uuid_of(n.account) is null
  )));
end;
$$;

comment on function handoff_private.without_erased(handoff.partner_events) is
  'A new event without what tells of a forgotten person: no body, and of the account a keyed hash.';
