-- Most events: a completion by a known student, in a body of the usual kind. The student is locked here, by a statement of its
-- own: no enrollment appears after it. What is not as plain is left to read_event, or raised. Lock order: profile.
create or replace function handoff_private.read_completion(p_event handoff.partner_events)
returns handoff.partner_events
language plpgsql
volatile
as $$
declare
  v_event handoff.partner_events := p_event;
  v_text  text;
  v_doc   jsonb;
begin
  v_text := convert_from(p_event.body, 'UTF8');
  v_doc := v_text::jsonb;
  if not handoff_private.is_plain_object(v_text, v_doc::text) then
    return null;
  end if;
  v_event.partner_completed_at := (v_doc ->> 'completed_at')::timestamptz;
  select
    t.event_type, t.meaning, v_doc ->> 'student_id', a.student_id, v_doc ->> t.item_field, v_doc -> t.pass_field = 'true',
    v_doc ->> t.result_field
  into
    v_event.event_type, v_event.meaning, v_event.external_student_id, v_event.student_id, v_event.item_ref, v_event.passed,
    v_event.result
  from handoff.partners as p
  join handoff.partner_event_types as t on t.partner_slug = p.slug and t.event_type = v_doc ->> 'event'
  left join handoff.partner_accounts as a on a.partner_slug = p.slug and a.external_student_id = v_doc ->> 'student_id'
  where p.slug = p_event.partner_slug and p.status = 'active' and t.meaning = 'completion'
    and (v_doc -> t.pass_field = 'true') is not false
    and not v_doc ? 'enrollment_id'
    and (handoff_private.has_plain_fields(v_doc, t) or handoff_private.field_fault(v_doc, t) is null);
  if v_event.student_id is null then
    v_event.student_id := handoff_private.student_of_id(v_event.external_student_id);
  end if;
  perform from handoff.profiles as p where p.id = v_event.student_id for no key update;
  if found then
    return v_event;
  end if;
  return null;
end;
$$;

comment on function handoff_private.read_completion(handoff.partner_events) is
  'The event with the fields of its body and its student, whom it locks, when it is a plain completion; else null, or the error of a body that can''t be read.';
