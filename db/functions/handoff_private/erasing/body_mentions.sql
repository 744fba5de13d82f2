-- Bytes that are no JSON are searched as they are: in them an account counts where it stands in quotation marks.
create or replace function handoff_private.body_mentions(p_body bytea, p_names text[], p_accounts text[])
returns boolean
language plpgsql
stable
as $$
declare
  v_doc constant jsonb := handoff_private.parse_body(p_body);
begin
  if v_doc is not null then
    return v_doc ->> 'student_id' = any (p_accounts) or handoff_private.mentions(v_doc::text, p_names);
  end if;
  return exists (
    select
    from (
      select n.name from unnest(p_names) as n (name) where length(n.name) >= 3
      union all
      select '"' || a.account || '"' from unnest(p_accounts) as a (account)
    ) as t
    where position(convert_to(t.name, 'UTF8') in p_body) > 0
  );
end;
$$;

comment on function handoff_private.body_mentions(bytea, text[], text[]) is
  'Whether a raw body is about a person with one of these names or accounts.';
