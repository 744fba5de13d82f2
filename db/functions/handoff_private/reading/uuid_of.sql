create or replace function handoff_private.uuid_of(p_text text)
returns uuid
language sql
immutable
as $$
  select case when p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_text::uuid end
$$;

comment on function handoff_private.uuid_of(text) is 'One of our ids, as we write them; null for any other text.';
