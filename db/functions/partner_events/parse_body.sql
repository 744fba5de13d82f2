-- The happy way is one cast. jsonb keeps the last of two equal keys, takes 1e400 and gives up without saying why, so
-- what it lets through is looked at again, and what it refuses is named by body_fault.
create or replace function handoff_private.parse_body(p_body bytea, out doc jsonb, out fault text)
language plpgsql
stable
as $$
declare
  v_text text;
begin
  begin
    v_text := convert_from(p_body, 'UTF8');
    doc := v_text::jsonb;
  exception
    when data_exception or program_limit_exceeded then
      fault := handoff_private.body_fault(p_body);
      return;
  end;
  fault := case
    when handoff_private.json_depth(v_text) > 64 then 'too_deep'
    when handoff_private.has_number_out_of_range(v_text) then 'number_range'
    when jsonb_typeof(doc) <> 'object' then 'not_an_object'
    when handoff_private.has_duplicate_key(v_text) then 'duplicate_key'
  end;
end;
$$;

comment on function handoff_private.parse_body(bytea) is 'The JSON object in a raw body, or the reason why there is none that can be trusted.';
