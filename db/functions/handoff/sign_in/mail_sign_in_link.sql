-- Lock order: profile, sign-in link, message.
-- The caller is told nothing, so it can't behave as if it knew, and who is unknown is answered no sooner. The token is
-- made of the id and a key that is not in the database, once by the caller and once by the worker, who mails it.
create or replace function handoff.mail_sign_in_link(
  p_email text, p_link_id uuid, p_token_hash bytea, p_next text default null
)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facts      constant jsonb := jsonb_strip_nulls(jsonb_build_object('link', p_link_id, 'next', left(p_next, 500)));
  v_profile_id uuid;
begin
  if handoff.begin_sign_in(p_email, p_token_hash) is null then
    perform handoff_private.pretend_link(p_link_id, p_token_hash, v_facts);
    return;
  end if;
  update handoff.sign_in_links as l
  set link_id = p_link_id
  where l.token_hash = p_token_hash
  returning l.profile_id into v_profile_id;
  perform handoff_private.queue_mail('sign_in_link', v_profile_id, 'sign_in_link:' || p_link_id, p_facts => v_facts);
end;
$$;

comment on function handoff.mail_sign_in_link(text, uuid, bytea, text) is
  'Has the worker mail a link to sign in, where the address is known and fewer than five can be used; after it the '
  'page p_next is shown. Tells nothing.';
