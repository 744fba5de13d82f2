create or replace function handoff.certificate_asked(p_text text)
returns text
language sql
immutable
security definer
set search_path = pg_catalog, pg_temp
as $$ select handoff_private.normal_certificate_number(p_text) $$;

comment on function handoff.certificate_asked(text) is
  'A text as the number of a certificate, as verify_certificate reads one; it need not be any.';
