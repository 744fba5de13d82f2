-- Lock order: account. A linked account never moves, so it is read without a lock. An unknown one gets a row to lock, the
-- same that link_partner_account locks: either we see the link, or the link sees our parked event. No wake-up is lost.
create or replace function handoff_private.student_of_account(p_partner_slug text, p_external_student_id text)
returns uuid
language plpgsql
volatile
as $$
declare
  v_student_id uuid;
begin
  select a.student_id
  into v_student_id
  from handoff.partner_accounts as a
  where a.partner_slug = p_partner_slug and a.external_student_id = p_external_student_id;
  v_student_id := coalesce(v_student_id, handoff_private.student_of_id(p_external_student_id));
  if v_student_id is null then
    insert into handoff.partner_accounts (partner_slug, external_student_id)
    values (p_partner_slug, p_external_student_id)
    on conflict (partner_slug, external_student_id) do nothing;
    select a.student_id
    into strict v_student_id
    from handoff.partner_accounts as a
    where a.partner_slug = p_partner_slug and a.external_student_id = p_external_student_id
    for no key update;
  end if;
  return v_student_id;
end;
$$;

comment on function handoff_private.student_of_account(text, text) is
  'The student whom the partner calls so, by account or by our own profile id; null when nobody is linked yet.';
