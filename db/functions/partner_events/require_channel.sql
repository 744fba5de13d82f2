create or replace function handoff_private.require_channel(p_channel text)
returns void
language plpgsql
stable
as $$
declare
  v_role    constant name := handoff_private.caller_role();
  v_allowed constant boolean := case p_channel
    when 'webhook' then pg_has_role(v_role, 'handoff_webhook', 'usage')
    when 'csv' then pg_has_role(v_role, 'handoff_admin', 'usage') or pg_has_role(v_role, 'handoff_worker', 'usage')
    else pg_has_role(v_role, 'handoff_admin', 'usage')
  end;
begin
  if p_channel <> 'webhook' then
    perform handoff_private.require_admin();
  end if;
  if not v_allowed and not pg_has_role(v_role, 'handoff_owner', 'usage') then
    raise exception using
      errcode = 'TH403',
      message = 'channel of another role',
      detail = jsonb_build_object('channel', p_channel, 'role', v_role)::text,
      hint = 'handoff_webhook sends webhook, handoff_worker csv, handoff_admin csv, evidence and manual.';
  end if;
end;
$$;

comment on function handoff_private.require_channel(text) is 'TH403 unless the calling role may deliver through this channel.';
