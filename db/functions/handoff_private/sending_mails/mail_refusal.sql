create or replace function handoff_private.mail_refusal(p_profile_id uuid, p_kind text)
returns text
language sql
stable
as $$
  select case
    when p.erased_at is not null then 'the person was forgotten'
    when p.disabled_at is not null then 'the person has no access any more'
    when p_kind <> 'sign_in_link' and exists (
      select from handoff.mail_suppressions as s where s.address = p.email
    ) then 'a mail to this address came back'
    when exists (
      select from handoff.mail_preferences as m where m.profile_id = p.id and m.kind = p_kind
    ) then 'the person wants no more of this kind'
    when p_kind in ('digest', 'alert') and p.role <> 'admin' then 'the person is no admin any more'
  end
  from handoff.profiles as p
  where p.id = p_profile_id
$$;

comment on function handoff_private.mail_refusal(uuid, text) is
  'Why this person gets no mail of this kind; null: gets it.';
