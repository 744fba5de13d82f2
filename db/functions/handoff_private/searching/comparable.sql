-- Accents go before the mapping to lower case, which is slow: most of what remains is ASCII then.
create or replace function handoff_private.comparable(p_text text)
returns text
language plpgsql
immutable
as $$
begin
  if p_text !~ $re$[^\u0001-\u007f]$re$ then
    return lower(p_text collate "C");
  end if;
  return replace(
    handoff_private.lower_case(translate(
      regexp_replace(
        normalize(p_text, NFKD),
        $re$[\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]$re$, '', 'g'
      ),
      'ŁłØøĐđıΣς', 'LlOoDdiσσ'
    )),
    'ß', 'ss'
  );
end;
$$;

comment on function handoff_private.comparable(text) is
  'A text as it is compared when somebody is looked for: without capitals, accents and signs that nobody sees.';
