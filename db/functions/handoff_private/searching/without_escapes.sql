-- JSON's \u00e9, in JSON within JSON, too, and a form's %C3%A9. What is none of them goes, or stays as it is.
create or replace function handoff_private.without_escapes(p_text text)
returns text
language plpgsql
immutable
as $$
declare
  v_text text := p_text;
begin
  if strpos(v_text, $re$\$re$) > 0 then
    v_text := regexp_replace(v_text, $re$\\+(?=u[0-9a-f]{4})$re$, $re$\\$re$, 'gi');
    -- Half a pair of surrogates is no sign.
    v_text := regexp_replace(
      v_text, $re$(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})$re$, $re$\1$re$, 'gi'
    );
    v_text := unistr(regexp_replace(v_text, $re$\\(?:[bfnrt]|(?!u[0-9a-f]{4}))$re$, ' ', 'gi'));
  end if;
  if v_text ~ '%[0-9A-Fa-f]{2}' then
    select string_agg(
      case
        when m.piece[1] ~ '^%.' then handoff_private.text_of_bytes(decode(replace(m.piece[1], '%', ''), 'hex'))
        else m.piece[1]
      end,
      '' order by m.place
    )
    into v_text
    from regexp_matches(v_text, '(?:%[0-9A-Fa-f]{2})+|[^%]+|%', 'g') with ordinality as m (piece, place);
  end if;
  return v_text;
end;
$$;

comment on function handoff_private.without_escapes(text) is
  'A text with the signs that stand in it as escapes of JSON or of a form.';
