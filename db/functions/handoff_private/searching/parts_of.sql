create or replace function handoff_private.parts_of(p_key text)
returns text
language sql
immutable
as $$ select handoff_private.comparable(translate(p_key, '@._+-', '     ')) $$;

comment on function handoff_private.parts_of(text) is
  'A key or an id as it is compared: its parts stand apart, as words do.';
