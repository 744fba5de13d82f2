-- Nobody knows the accounts any more: whatever could be one is hashed. The id of a training is none of another's event.
create or replace function handoff_private.erased_accounts(p_event handoff.partner_events, p_is_own boolean)
returns text[]
language sql
stable
as $$
  select array(
    select c.account
    from unnest(p_event.external_student_id || handoff_private.possible_accounts(p_event.body)) as c (account)
    where (p_is_own or c.account is distinct from p_event.item_ref) and exists (
      select
      from handoff.partner_accounts as a
      where a.partner_slug = p_event.partner_slug
        and a.external_student_id = handoff_private.erased_text(p_event.partner_slug, c.account)
      union all
      select from handoff.profiles as p where p.id = handoff_private.uuid_of(c.account) and p.erased_at is not null
    )
  )
$$;

comment on function handoff_private.erased_accounts(handoff.partner_events, boolean) is
  'The accounts and ids of forgotten people that an event names. p_is_own: it is known to be such a person''s.';
