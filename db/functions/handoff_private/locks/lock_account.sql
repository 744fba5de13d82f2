-- Lock order: account.
-- An account that nobody knows gets a row to lock, the same that link_partner_account locks: the event sees the link,
-- or the link sees the parked event. No wake-up is lost.
create or replace function handoff_private.lock_account(p_partner_slug text, p_external_student_id text)
returns uuid
language plpgsql
volatile
as $$
declare
  v_student_id uuid;
begin
  -- Of a forgotten student only a keyed hash of the account is there.
  if exists (select from handoff.profiles as p where p.erased_at is not null) then
    select a.student_id
    into v_student_id
    from handoff.partner_accounts as a
    where a.partner_slug = p_partner_slug
      and a.external_student_id = handoff_private.erased_text(p_partner_slug, p_external_student_id)
    for no key update;
    if found then
      return v_student_id;
    end if;
  end if;
  insert into handoff.partner_accounts (partner_slug, external_student_id)
  values (p_partner_slug, p_external_student_id)
  on conflict (partner_slug, external_student_id) do nothing;
  select a.student_id
  into strict v_student_id
  from handoff.partner_accounts as a
  where a.partner_slug = p_partner_slug and a.external_student_id = p_external_student_id
  for no key update;
  return v_student_id;
end;
$$;

comment on function handoff_private.lock_account(text, text) is
  'Locks a partner''s account, which is made when it is not there. Returns the student to whom it is linked by now, '
  'or null.';
