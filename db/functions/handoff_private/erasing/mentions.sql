-- Whole words, of three signs or more: shorter ones stand in half of all that is written. Case does not count.
create or replace function handoff_private.mentions(p_text text, p_names text[])
returns boolean
language sql
immutable
as $$
  select exists (
    select
    from unnest(p_names) as n (name)
    where length(n.name) >= 3
      and position(
        ' ' || regexp_replace(handoff_private.lower_case(n.name), '[^a-z0-9\u0080-\U0010ffff]+', ' ', 'g') || ' '
        in ' ' || regexp_replace(handoff_private.lower_case(p_text), '[^a-z0-9\u0080-\U0010ffff]+', ' ', 'g') || ' '
      ) > 0
  )
$$;

comment on function handoff_private.mentions(text, text[]) is
  'Whether one of the names stands in the text, as whole words.';
