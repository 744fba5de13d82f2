-- Commas go, and so do doubled spaces and the shape of an apostrophe.
create or replace function handoff.search_form(p_text text)
returns text
language sql
immutable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select btrim(regexp_replace(
    translate(handoff_private.comparable(p_text), '’‘ʼ`´', ''''''''''''), $re$[[:space:],\u00a0]+$re$, ' ', 'g'
  ))
$$;

comment on function handoff.search_form(text) is
  'A text as it is looked for: without case, accents and doubled spaces, so that lukasz finds Łukasz.';
