create or replace function handoff_private.programs_asked(p_text text)
returns text[]
language plpgsql
stable
as $$
begin
  if exists (select from handoff.programs as g where g.slug = btrim(p_text)) then
    return array[btrim(p_text)];
  end if;
  return array(
    select g.slug
    from handoff.programs as g
    where handoff.search_form(p_text) in (g.slug, handoff.search_form(g.name))
    order by g.slug
  );
end;
$$;

comment on function handoff_private.programs_asked(text) is
  'The programs with this slug or name, without case, accents and doubled spaces: none, one, or several of one name.';
