-- Lock order: account.
create or replace function handoff_private.identify_event(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event          handoff.partner_events := p_event;
  v_partner_status text;
  v_parked         text;
begin
  select p.status, a.student_id
  into strict v_partner_status, v_event.student_id
  from handoff.partners as p
  left join handoff.partner_accounts as a
    on a.partner_slug = p.slug and a.external_student_id = p_event.external_student_id
  where p.slug = p_event.partner_slug;
  if v_partner_status <> 'active' then
    v_parked := 'partner_disabled';
  elsif p_event.meaning is null then
    v_parked := 'unknown_event_type';
  elsif v_event.student_id is null then
    v_event.student_id := handoff_private.student_of_account(p_event.partner_slug, p_event.external_student_id);
    v_parked := case when v_event.student_id is null then 'unknown_student' end;
  end if;
  if v_parked is not null then
    v_event.status := 'parked';
    v_event.reason := v_parked;
  end if;
  return v_event;
end;
$$;

comment on function handoff_private.identify_event(handoff.partner_events) is
  'The event with its student; parked when partner, event type or student do not allow more yet.';
