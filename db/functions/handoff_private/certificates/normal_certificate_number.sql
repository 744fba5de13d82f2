-- People read numbers aloud and type them from paper: O and 0, I and 1, L and 1 are the same; spaces do not matter.
create or replace function handoff_private.normal_certificate_number(p_number text)
returns text
language sql
immutable
as $$
  select regexp_replace(
    translate(regexp_replace(upper(left(p_number, 100)), '[[:space:]-]', '', 'g'), 'OIL', '011'), '(.{4})(?=.)', '\1-', 'g'
  )
$$;

comment on function handoff_private.normal_certificate_number(text) is
  'A number as typed, in the form in which it is stored.';
