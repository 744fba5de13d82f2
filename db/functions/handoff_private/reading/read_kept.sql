-- Lock order: account.
-- What was read from a body that was dropped stays with the event; what it means and whose it is, is asked anew. What
-- was wrong with a rejected one was in the body, so it stays wrong.
create or replace function handoff_private.read_kept(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
begin
  if p_event.event_type is null or p_event.external_student_id is null then
    perform handoff_private.refuse_state(
      'event', p_event.receipt, p_event.status, 'Its body was dropped after the retention period, and nothing was read of it.'
    );
  end if;
  v_event.student_id := null;
  v_event.enrollment_id := null;
  v_event.step_id := null;
  v_event.error_code := null;
  select
    case
      when p_event.status = 'rejected' then p_event.reason
      when t.pass_field is not null and p_event.passed is null then 'missing_field'
      when p.status <> 'active' then 'partner_disabled'
      when t.meaning is null then 'unknown_event_type'
    end,
    t.meaning, coalesce(a.student_id, handoff_private.student_of_id(p_event.external_student_id, p_event.context))
  into v_event.reason, v_event.meaning, v_event.student_id
  from handoff.partners as p
  left join handoff.partner_event_types as t on t.partner_slug = p.slug and t.event_type = p_event.event_type
  left join handoff.partner_accounts as a
    on a.partner_slug = p.slug and a.external_student_id = p_event.external_student_id
  where p.slug = p_event.partner_slug;
  if v_event.reason is null and v_event.student_id is null then
    v_event.student_id := handoff_private.lock_account(p_event.partner_slug, p_event.external_student_id);
    v_event.reason := case when v_event.student_id is null then 'unknown_student' end;
  end if;
  v_event.status := case
    when v_event.reason = 'missing_field' or p_event.status = 'rejected' then 'rejected'
    when v_event.reason is null then 'received'
    else 'parked'
  end;
  return v_event;
end;
$$;

comment on function handoff_private.read_kept(handoff.partner_events) is
  'The event, whose body was dropped, from what was read of it before: received, rejected or '
  'parked with the reason. TH409 when nothing was read.';
