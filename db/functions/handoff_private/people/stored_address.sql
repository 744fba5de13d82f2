-- Dot-atom @ host labels, so that every mail library reads it as one address; letters of any script, but nothing
-- invisible. Asked of the compatibility form as well: a full-width @ or a letter that stands for ( is none.
create or replace function handoff_private.stored_address(p_address text)
returns text
language plpgsql
immutable
as $$
declare
  v_letter  constant text := $re$[^\u0001-/:-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u034f$re$
    || $re$\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f$re$
    || $re$\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3007-\u3020\u3030$re$
    || $re$\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe6f\ufeff-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffa0$re$
    || $re$\uffe0-\uffff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d000-\U0001d24f$re$
    || $re$\U0001f000-\U0001faff\U000e0000-\U0010ffff]$re$;
  v_atom    constant text := '(?:' || v_letter || '|[-!#$%&''*+/=?^_`{|}~])+';
  v_label   constant text := v_letter || '(?:(?:' || v_letter || '|-){0,61}' || v_letter || ')?';
  v_pattern constant text := '^' || v_atom || $re$(?:\.$re$ || v_atom || ')*@' || v_label || $re$(?:\.$re$ || v_label || ')*$';
  v_address constant text := normalize(handoff_private.lower_case(normalize(
    btrim(p_address, E' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'), NFC
  )), NFC);
begin
  return case
    when length(v_address) between 3 and 254 and v_address !~ $re$=\?$re$ and v_address ~ v_pattern
      and handoff_private.lower_case(normalize(v_address, NFKC)) ~ v_pattern
      then v_address
  end;
end;
$$;

comment on function handoff_private.stored_address(text) is
  'An e-mail address as it is stored: NFC, lower case, no space around it. Null for what can be none.';
