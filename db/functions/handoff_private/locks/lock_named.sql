-- Lock order: profile.
-- Whoever forgets a person holds that profile: what comes meanwhile waits, and is stored without what it says.
create or replace function handoff_private.lock_named(p_student_id uuid, p_partner_slug text, p_body bytea)
returns void
language plpgsql
volatile
as $$
begin
  perform
  from handoff.profiles as p
  where p.id = p_student_id or p.id in (
    select a.student_id
    from handoff.partner_accounts as a
    where a.partner_slug = p_partner_slug and a.external_student_id = any (handoff_private.possible_accounts(p_body))
  )
  order by p.id
  for no key update;
end;
$$;

comment on function handoff_private.lock_named(uuid, text, bytea) is
  'Locks the profile of a student, and of those whose accounts stand in a body, where nothing else of them is locked.';
