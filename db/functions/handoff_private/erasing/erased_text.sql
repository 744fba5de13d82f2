create or replace function handoff_private.erased_text(p_partner_slug text, p_text text)
returns text
language sql
stable
as $$
  select 'erased:' || encode(sha256(k.key || sha256(k.key || convert_to(p_partner_slug || ' ' || p_text, 'UTF8'))), 'hex')
  from handoff.erasure_key as k
$$;

comment on function handoff_private.erased_text(text, text) is
  'What stays of a forgotten person''s account at a partner, or of an event''s key that names it: a keyed hash.';
