create or replace function handoff_private.link_no_longer_holds(p_link_id uuid)
returns text
language sql
volatile
as $$
  select case
    when not exists (
      select
      from handoff.sign_in_links as l
      where l.link_id = p_link_id and l.used_at is null and l.expires_at > handoff.clock()
    ) then 'the link can''t be used any more'
  end
$$;

comment on function handoff_private.link_no_longer_holds(uuid) is
  'Why a sign-in link is not mailed; null: it can be used.';
