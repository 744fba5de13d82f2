create or replace function handoff.person_accounts(p_profile_id uuid)
returns table (partner_slug text, partner_name text, account text, linked_at timestamptz)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select p.slug, p.name, a.external_student_id, a.linked_at
  from handoff.partner_accounts as a
  join handoff.partners as p on p.slug = a.partner_slug
  where a.student_id = p_profile_id
  order by p.name, a.linked_at, a.external_student_id
$$;

comment on function handoff.person_accounts(uuid) is
  'The ids by which partners know a person.';
