-- Lock order: account.
-- An account that was never linked is the person's where the partner has the address for an id.
create or replace function handoff_private.take_accounts(p_profile_id uuid)
returns void
language plpgsql
volatile
as $$
declare
  v_addresses constant text[] := (handoff_private.person_to_forget(p_profile_id)).addresses;
begin
  perform
  from handoff.partner_accounts as a
  where a.student_id = p_profile_id
    or (a.student_id is null and handoff_private.lower_case(a.external_student_id) = any (v_addresses))
  order by a.partner_slug, a.external_student_id
  for no key update;
  update handoff.partner_accounts as a
  set student_id = p_profile_id, linked_at = handoff.clock()
  where a.student_id is null and handoff_private.lower_case(a.external_student_id) = any (v_addresses);
end;
$$;

comment on function handoff_private.take_accounts(uuid) is
  'Locks the accounts of a person who is to be forgotten; those that are the person''s address are linked.';
