create or replace function handoff_private.facts_told(p_mail handoff.outbox)
returns jsonb
language sql
stable
as $$
  select (p_mail.facts - 'told_refused') || jsonb_strip_nulls(jsonb_build_object(
    'tells_of', s.id || ':' || handoff_private.starts_of(s.id),
    'told_refused', case when a.refused_at >= s.started_at then true end
  ))
  from (select handoff_private.step_told_of(p_mail)) as t (step_id)
  left join handoff.enrollment_steps as s on s.id = t.step_id
  left join handoff.partner_answers as a on a.step_id = s.id
$$;

comment on function handoff_private.facts_told(handoff.outbox) is
  'The facts of a mail that is about to be written, with the start of a step that it tells of, and whether the partner '
  'has refused the student for it.';
