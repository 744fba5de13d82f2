create or replace function handoff_private.require_reason(p_reason text)
returns text
language plpgsql
immutable
as $$
begin
  if coalesce(btrim(p_reason), '') = '' or length(p_reason) > 1000 then
    raise exception using
      errcode = 'TH400',
      message = 'a reason is needed',
      detail = '{"argument": "p_reason"}',
      hint = 'Say why, in 1 to 1000 characters; it is kept in the audit trail.';
  end if;
  return btrim(p_reason);
end;
$$;

comment on function handoff_private.require_reason(text) is
  'The reason of an admin''s act, trimmed; TH400 when there is none.';
