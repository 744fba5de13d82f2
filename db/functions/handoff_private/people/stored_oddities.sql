-- What an earlier version stored, or a DBA beside the triggers. It stays usable; a person decides what is meant.
create or replace function handoff_private.stored_oddities()
returns table (what text, id text, detail text)
language sql
stable
as $$
  select
    case
      when handoff_private.stored_address(p.email) is null then 'address that mail programs read in several ways'
      else 'address that another person has in its usual form'
    end,
    p.id::text,
    'correct it with correct_profile, or merge the two with merge_profiles'
  from handoff.profiles as p
  where handoff_private.stored_address(p.email) is distinct from p.email

  union all
  select 'name of which nothing is to be seen, or with signs that turn it round', p.id::text, 'correct it with correct_profile'
  from handoff.profiles as p
  where handoff_private.stored_name(p.full_name) is distinct from p.full_name

  union all
  select 'account that looks like another', a.partner_slug || ' ' || to_json(a.external_student_id)::text,
    'events that name it are read in its usual form; link that form, too'
  from handoff.partner_accounts as a
  where handoff_private.stored_account(a.external_student_id) is distinct from a.external_student_id
$$;

comment on function handoff_private.stored_oddities() is
  'Addresses, names and accounts that are stored and would not be taken today.';
