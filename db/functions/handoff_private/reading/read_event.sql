-- Lock order: account.
-- Reading can't be refused by meaning: what can't be used comes back rejected or parked. But nothing new is stored of
-- a partner that is unknown or retired. Most events need no more than the one query.
create or replace function handoff_private.read_event(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event   handoff.partner_events := p_event;
  v_doc     constant jsonb := handoff_private.parse_body(p_event.body);
  v_time    constant timestamptz := handoff_private.time_of(v_doc -> 'completed_at');
  v_partner text;
  v_plain   boolean;
begin
  select
    p.status, v_doc ->> 'event', t.meaning, v_doc ->> 'student_id', v_doc ->> t.item_field, v_doc ->> 'enrollment_id',
    v_time, false, v_doc -> t.pass_field = 'true', v_doc ->> t.result_field, a.student_id, null::uuid, null::uuid,
    null, null, null, null::text[], 'received', p_event.channel = 'webhook'
      and (a.student_id is not null or v_doc ->> 'student_id' ~ '^[!-~]{1,64}$')
      and handoff_private.has_plain_fields(v_doc, t, v_time)
  into
    v_partner, v_event.event_type, v_event.meaning, v_event.external_student_id, v_event.item_ref,
    v_event.partner_enrollment_ref, v_event.partner_completed_at, v_event.partner_completed_day_only, v_event.passed,
    v_event.result, v_event.student_id, v_event.enrollment_id, v_event.step_id, v_event.error_code, v_event.reason,
    v_event.refused_field, v_event.left_out, v_event.status, v_plain
  from handoff.partners as p
  left join handoff.partner_event_types as t on t.partner_slug = p.slug and t.event_type = v_doc ->> 'event'
  left join handoff.partner_accounts as a on a.partner_slug = p.slug and a.external_student_id = v_doc ->> 'student_id'
  where p.slug = p_event.partner_slug;
  if v_plain and v_partner = 'active' and v_event.student_id is not null and v_event.partner_enrollment_ref is null then
    return v_event;
  elsif p_event.body is null then
    return handoff_private.read_kept(p_event);
  elsif p_event.position is null and coalesce(v_partner, 'retired') = 'retired' then
    perform handoff_private.refuse_sender(p_event.partner_slug, v_partner);
  elsif v_doc is null then
    return handoff_private.settled_by_reading(p_event, handoff_private.body_fault(p_event.body));
  elsif v_plain is not true then
    v_event := handoff_private.read_closely(v_event, v_doc);
  end if;
  if v_event.reason is not null or v_event.meaning = 'test' then
    return handoff_private.settled_by_reading(p_event, coalesce(v_event.reason, 'test_event'), v_event);
  end if;
  v_event.reason := case
    when v_partner <> 'active' then 'partner_disabled'
    when v_event.meaning is null then 'unknown_event_type'
  end;
  if v_event.reason is null and v_event.student_id is null then
    v_event.student_id := coalesce(
      handoff_private.student_of_id(v_event.external_student_id, p_event.context),
      handoff_private.lock_account(p_event.partner_slug, v_event.external_student_id)
    );
    v_event.reason := case when v_event.student_id is null then 'unknown_student' end;
    if exists (select from handoff.profiles as p where p.erased_at is not null) then
      v_event := handoff_private.without_erased(v_event);
    end if;
  end if;
  if v_event.reason is null and v_event.partner_enrollment_ref is not null then
    v_event := handoff_private.without_ref_of_another(v_event);
  end if;
  v_event.status := case when v_event.reason is null then 'received' else 'parked' end;
  return v_event;
end;
$$;

comment on function handoff_private.read_event(handoff.partner_events) is
  'The event with the fields of its body, or what was kept of it, and its student: received, or rejected, ignored or '
  'parked with the reason. '
  'TH404, TH410 for a new one whose partner is unknown or retired.';
