create or replace function handoff_private.facts_told(p_mail handoff.outbox)
returns jsonb
language sql
stable
as $$
  select p_mail.facts || jsonb_strip_nulls(jsonb_build_object(
    'tells_of', t.step_id || ':' || handoff_private.starts_of(t.step_id)
  ))
  from handoff_private.step_told_of(p_mail) as t (step_id)
$$;

comment on function handoff_private.facts_told(handoff.outbox) is
  'The facts of a mail that is about to be written, with the start of a step that it tells of.';
