create or replace function handoff_private.stored_cohort(p_cohort text)
returns text
language plpgsql
immutable
as $$
declare
  v_cohort constant text := handoff_private.stored_name(p_cohort);
begin
  if length(v_cohort) > 100 or (v_cohort is null and coalesce(btrim(p_cohort, E' \t\r\n\u00a0\ufeff'), '') <> '') then
    raise exception using
      errcode = 'TH400',
      message = 'not a cohort',
      detail = '{"argument": "p_cohort"}',
      hint = 'Give 1 to 100 characters that can be seen, or none.';
  end if;
  return v_cohort;
end;
$$;

comment on function handoff_private.stored_cohort(text) is
  'A cohort as it is stored: NFC, nothing invisible at its edges; null for none. TH400 for what can be no cohort.';
