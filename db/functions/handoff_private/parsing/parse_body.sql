-- Most bodies are a flat object in which nothing stands twice; one cast and a cheap look tell. jsonb keeps the last
-- of two equal keys, takes 1e400 and gives up without saying why, so body_fault looks closely at every other body. A
-- byte order mark is no JSON, so only a body that failed is looked at for it.
create or replace function handoff_private.parse_body(p_body bytea)
returns jsonb
language plpgsql
stable
as $$
declare
  v_text text;
  v_doc  jsonb;
begin
  v_text := convert_from(p_body, 'UTF8');
  v_doc := v_text::jsonb;
  if not handoff_private.is_plain_object(v_text, v_doc::text) and handoff_private.body_fault(p_body) is not null then
    return null;
  elsif strpos(v_text, 'null') > 0 then
    return jsonb_strip_nulls(v_doc);
  end if;
  return v_doc;
exception
  when data_exception or program_limit_exceeded then
    return case
      when handoff_private.without_mark(p_body) <> p_body and handoff_private.body_fault(p_body) is null
        then handoff_private.parse_body(handoff_private.without_mark(p_body))
    end;
end;
$$;

comment on function handoff_private.parse_body(bytea) is
  'The JSON object in a raw body, without members that are null; null when there is none that can be trusted.';
