create or replace function handoff_private.is_same_address(p_one text, p_other text)
returns boolean
language sql
immutable
as $$
  select coalesce(
    coalesce(handoff_private.stored_address(p_one), p_one) = coalesce(handoff_private.stored_address(p_other), p_other), false
  )
$$;

comment on function handoff_private.is_same_address(text, text) is
  'Whether two addresses are one, however they are written; of null: false.';
