create or replace function handoff_private.body_fault(p_body bytea)
returns text
language plpgsql
stable
as $$
declare
  v_body constant bytea := handoff_private.without_mark(p_body);
  v_text text;
  v_doc  jsonb;
begin
  if octet_length(v_body) = 0 then
    return 'empty_body';
  end if;
  begin
    v_text := convert_from(v_body, 'UTF8');
  exception
    when data_exception then
      return 'bad_encoding';
  end;
  if handoff_private.json_depth(v_text) > 64 then
    return 'too_deep';
  end if;
  begin
    -- json checks the grammar alone; jsonb also the strings and the numbers.
    perform v_text::json;
  exception
    when data_exception then
      return 'bad_json';
  end;
  begin
    v_doc := v_text::jsonb;
  exception
    when numeric_value_out_of_range then
      return 'number_range';
    when data_exception then
      return 'bad_string';
  end;
  return case
    when handoff_private.has_number_out_of_range(v_text) then 'number_range'
    when jsonb_typeof(v_doc) <> 'object' then 'not_an_object'
    when handoff_private.has_duplicate_key(v_text) then 'duplicate_key'
  end;
end;
$$;

comment on function handoff_private.body_fault(bytea) is
  'Why a body is no JSON object that can be trusted: empty_body, bad_encoding, too_deep, bad_json, number_range, '
  'bad_string, not_an_object or duplicate_key; null when it is.';
