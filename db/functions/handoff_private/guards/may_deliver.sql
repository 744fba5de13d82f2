create or replace function handoff_private.may_deliver(p_channel text)
returns boolean
language plpgsql
stable
as $$
declare
  v_role constant name := handoff_private.caller_role();
begin
  if p_channel <> 'webhook' then
    perform handoff_private.require_admin();
  end if;
  return case p_channel
    when 'webhook' then pg_has_role(v_role, 'handoff_webhook', 'usage')
    when 'csv' then pg_has_role(v_role, 'handoff_admin', 'usage') or pg_has_role(v_role, 'handoff_worker', 'usage')
    else pg_has_role(v_role, 'handoff_admin', 'usage')
  end or pg_has_role(v_role, 'handoff_owner', 'usage');
end;
$$;

comment on function handoff_private.may_deliver(text) is
  'Whether the calling role may deliver through this channel; the owner may through every one.';
