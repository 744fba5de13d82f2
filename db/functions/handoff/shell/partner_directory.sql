create or replace function handoff.partner_directory()
returns table (slug text, status text, signature_scheme text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$ select p.slug, p.status, p.signature_scheme from handoff.partners as p order by p.slug $$;

comment on function handoff.partner_directory() is
  'What the shell must know of a partner before it can check a signature.';
