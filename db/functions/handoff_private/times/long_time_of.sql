-- RFC 3339 sets no end to the digits of a second, and allows offsets up to 23:59; timestamptz takes fewer of both.
create or replace function handoff_private.long_time_of(p_text text)
returns timestamptz
language plpgsql
stable
as $$
declare
  v_part constant text[] := regexp_match(p_text, '^(.{10}).(.{8})([.][0-9]{1,6})?[0-9]*(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2})?)$');
begin
  if v_part[5]::integer > 23 or v_part[6]::integer > 59 then
    return null;
  end if;
  return (v_part[1] || ' ' || v_part[2] || coalesce(v_part[3], '') || 'Z')::timestamptz
    - coalesce((v_part[4] || v_part[5] || ':' || coalesce(v_part[6], '00'))::interval, interval '0');
exception
  when data_exception then
    return null;
end;
$$;

comment on function handoff_private.long_time_of(text) is
  'The time that a text of the shape of RFC 3339 says, where timestamptz does not take it as it is; null when it does '
  'not exist.';
