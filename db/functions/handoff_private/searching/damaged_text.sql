-- Every reading that makes sense, one behind the other: Latin-1, what is UTF-8 in it, and UTF-16 where bytes are zero.
create or replace function handoff_private.damaged_text(p_bytes bytea)
returns text
language plpgsql
immutable
as $$
declare
  v_latin constant text := convert_from(
    decode(regexp_replace(encode(p_bytes, 'escape'), $re$(\\\\)|\\000$re$, $re$\1$re$, 'g'), 'escape'), 'LATIN1'
  );
  v_high  constant integer := case when get_byte(p_bytes, 0) in (0, 254) then 0 else 1 end;
begin
  return concat_ws(
    ' ',
    v_latin,
    convert_from(convert_to(regexp_replace(
      v_latin,
      $re$([\u0001-\u007f]+|[\u00c2-\u00df][\u0080-\u00bf]|\u00e0[\u00a0-\u00bf][\u0080-\u00bf]$re$
        || $re$|[\u00e1-\u00ec\u00ee\u00ef][\u0080-\u00bf]{2}|\u00ed[\u0080-\u009f][\u0080-\u00bf]$re$
        || $re$|\u00f0[\u0090-\u00bf][\u0080-\u00bf]{2}|[\u00f1-\u00f3][\u0080-\u00bf]{3}$re$
        || $re$|\u00f4[\u0080-\u008f][\u0080-\u00bf]{2})$re$
        || $re$|[\u0080-\u00ff]$re$,
      $re$\1$re$, 'g'
    ), 'LATIN1'), 'UTF8'),
    (
      select string_agg(chr(u.unit), '' order by n.place)
      from generate_series(0, octet_length(p_bytes) - 2, 2) as n (place)
      cross join lateral (select 256 * get_byte(p_bytes, n.place + v_high) + get_byte(p_bytes, n.place + 1 - v_high)) as u (unit)
      where position($re$\x00$re$::bytea in p_bytes) > 0 and u.unit not between 55296 and 57343 and u.unit > 0
    )
  );
end;
$$;

comment on function handoff_private.damaged_text(bytea) is
  'What may be written in bytes that are no UTF-8: Latin-1, UTF-8 with wrong bytes in it, or UTF-16.';
