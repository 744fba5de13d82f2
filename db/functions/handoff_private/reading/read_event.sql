-- Lock order: account. Reading can't be refused by meaning: what can't be used comes back rejected or parked. But of a partner
-- that is unknown or retired nothing new is stored.
create or replace function handoff_private.read_event(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
  v_doc   constant jsonb := handoff_private.parse_body(p_event.body);
  v_time  constant timestamptz := handoff_private.time_of(v_doc -> 'completed_at');
  v_known record;
begin
  select
    p.status as partner_status, a.student_id, t.meaning, t.item_field, t.pass_field, t.result_field,
    case
      when v_doc is null then handoff_private.body_fault(p_event.body)
      else handoff_private.field_fault(v_doc, t)
    end as fault
  into v_known
  from handoff.partners as p
  left join handoff.partner_event_types as t on t.partner_slug = p.slug and t.event_type = v_doc ->> 'event'
  left join handoff.partner_accounts as a on a.partner_slug = p.slug and a.external_student_id = v_doc ->> 'student_id'
  where p.slug = p_event.partner_slug;
  if p_event.status is not null then
    v_event.error_code := null;
    v_event.student_id := null;
    v_event.enrollment_id := null;
    v_event.step_id := null;
  elsif v_known.partner_status is null or v_known.partner_status = 'retired' then
    perform handoff_private.refuse_sender(p_event.partner_slug, v_known.partner_status);
  end if;
  if v_known.fault is not null then
    v_event.status := 'rejected';
    v_event.reason := v_known.fault;
    return v_event;
  end if;
  v_event.event_type := v_doc ->> 'event';
  v_event.meaning := v_known.meaning;
  if v_event.meaning = 'test' then
    v_event.status := 'ignored';
    v_event.reason := 'test_event';
    return v_event;
  end if;
  v_event.external_student_id := v_doc ->> 'student_id';
  v_event.partner_enrollment_ref := v_doc ->> 'enrollment_id';
  v_event.partner_completed_at := v_time;
  v_event.item_ref := v_doc ->> v_known.item_field;
  v_event.passed := (v_doc ->> v_known.pass_field)::boolean;
  v_event.result := v_doc ->> v_known.result_field;
  v_event.student_id := v_known.student_id;
  v_event.reason := case
    when v_known.partner_status <> 'active' then 'partner_disabled'
    when v_known.meaning is null then 'unknown_event_type'
  end;
  if v_event.reason is null and v_event.student_id is null then
    v_event.student_id := handoff_private.student_of_account(p_event.partner_slug, v_event.external_student_id);
    v_event.reason := case when v_event.student_id is null then 'unknown_student' end;
  end if;
  v_event.status := case when v_event.reason is null then 'received' else 'parked' end;
  return v_event;
end;
$$;

comment on function handoff_private.read_event(handoff.partner_events) is
  'The event with the fields of its body and its student: received, or rejected, ignored or parked with the reason. TH404, TH410 for a new one whose partner is unknown or retired.';
