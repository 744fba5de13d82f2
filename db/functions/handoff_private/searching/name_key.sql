create or replace function handoff_private.name_key(p_full_name text)
returns text
language sql
immutable
as $$ select array_to_string(handoff.words_asked(p_full_name), ' ') $$;

comment on function handoff_private.name_key(text) is
  'The words of a name without case, accents and order: who has the same key may be the same person.';
