create or replace function handoff.partner_names()
returns table (partner_slug text, partner_name text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$ select p.slug, p.name from handoff.partners as p order by p.name $$;

comment on function handoff.partner_names() is 'The partners, by name: what can be chosen of.';
