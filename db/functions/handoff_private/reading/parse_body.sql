-- The happy way is one cast and a look that costs little. jsonb keeps the last of two equal keys, takes 1e400 and gives up
-- without saying why, so whatever is not plain is left to body_fault, which says what is wrong. Null is a member not there.
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
  if handoff_private.is_plain_object(v_text, v_doc::text) or handoff_private.body_fault(p_body) is null then
    return jsonb_strip_nulls(v_doc);
  end if;
  return null;
exception
  when data_exception or program_limit_exceeded then
    return null;
end;
$$;

comment on function handoff_private.parse_body(bytea) is 'The JSON object in a raw body, without members that are null; null when there is none that can be trusted.';
