create or replace function handoff_private.refuse_state(p_what text, p_id uuid, p_status text, p_hint text)
returns void
language plpgsql
immutable
as $$
begin
  raise exception using
    errcode = 'TH409',
    message = 'not possible in this state',
    detail = jsonb_build_object(p_what || '_id', p_id, 'status', p_status)::text,
    hint = p_hint;
end;
$$;

comment on function handoff_private.refuse_state(text, uuid, text, text) is
  'Raises TH409: what was asked makes no sense in the present status.';
