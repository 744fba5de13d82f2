create or replace function handoff_private.field_of_line(p_import handoff.imports, p_cells text[], p_field text)
returns text
language sql
immutable
as $$
  select coalesce(
    nullif(btrim(p_cells[(p_import.columns -> p_field)::integer], E' \t\r\n\u00a0\ufeff'), ''),
    nullif(btrim(p_import.defaults ->> p_field), '')
  )
$$;

comment on function handoff_private.field_of_line(handoff.imports, text[], text) is
  'What a line says in a field, else what counts for the whole list; null: nothing.';
