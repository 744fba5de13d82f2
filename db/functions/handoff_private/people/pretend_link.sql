-- Lock order: sign-in link, message.
-- A link for whoever comes first, which nobody ever sees: it is gone when this returns.
create or replace function handoff_private.pretend_link(p_link_id uuid, p_token_hash bytea, p_facts jsonb)
returns void
language plpgsql
volatile
as $$
declare
  v_anybody constant uuid := (select p.id from handoff.profiles as p limit 1);
begin
  if v_anybody is null then
    return;
  end if;
  insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at, link_id)
  values (p_token_hash, v_anybody, handoff.clock(), handoff.clock() + interval '15 minutes', p_link_id);
  perform handoff_private.queue_mail('sign_in_link', v_anybody, 'sign_in_link:' || p_link_id, p_facts => p_facts);
  delete from handoff.outbox as o where o.key = 'sign_in_link:' || p_link_id;
  delete from handoff.sign_in_links as l where l.token_hash = p_token_hash;
end;
$$;

comment on function handoff_private.pretend_link(uuid, bytea, jsonb) is
  'Takes as long as making a link and its mail does, and makes neither.';
