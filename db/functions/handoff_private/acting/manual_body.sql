create or replace function handoff_private.manual_body(p_step handoff.enrollment_steps, p_completed_on text)
returns bytea
language sql
stable
as $$
  select convert_to(
    jsonb_strip_nulls(jsonb_build_object(
      'event', t.event_type,
      'student_id', e.student_id,
      'enrollment_id', p_step.id,
      'completed_at', nullif(btrim(p_completed_on), '')
    ) || case when t.pass_field is null then '{}' else jsonb_build_object(t.pass_field, true) end)::text,
    'UTF8'
  )
  from handoff.enrollments as e
  join handoff.partner_event_types as t on t.partner_slug = p_step.partner_slug and t.meaning = 'completion'
  where e.id = p_step.enrollment_id
  order by t.event_type
  limit 1
$$;

comment on function handoff_private.manual_body(handoff.enrollment_steps, text) is
  'The completion of a step as the partner would send it, for who enters it by hand; null when the partner has no '
  'event that completes.';
