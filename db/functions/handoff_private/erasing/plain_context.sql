create or replace function handoff_private.plain_context(p_context jsonb)
returns jsonb
language sql
immutable
as $$
  select jsonb_strip_nulls(jsonb_build_object('secret', p_context -> 'secret', 'shared_with', p_context -> 'shared_with'))
$$;

comment on function handoff_private.plain_context(jsonb) is
  'What stays of an event''s context when a person is forgotten: which secret verified it and who shares it, not who '
  'sent a file.';
