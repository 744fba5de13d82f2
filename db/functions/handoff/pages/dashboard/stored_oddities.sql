-- What an earlier version stored, or a DBA beside the triggers. It stays usable; a person decides what is meant. Most
-- rows are plain: an index has the others, by the very conditions that stand here, since the admin's page asks often.
-- Under row-level security the planner does not know how few they are: it is told not to read all.
create or replace function handoff.stored_oddities()
returns table (
  oddity text,
  profile_id uuid,
  full_name text,
  email text,
  partner_slug text,
  external_student_id text
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
begin
  perform handoff_private.require_admin();
  return query
  select
    case
      when exists (select from handoff.profiles as o where o.email = handoff_private.stored_address(p.email)) then 'address_taken'
      else 'address_refused'
    end,
    p.id, p.full_name, p.email, null::text, null::text
  from handoff.profiles as p
  where p.email !~ $re$^[a-z0-9]+([._+-][a-z0-9]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.(?!$)|$))+\Z$re$
    and handoff_private.stored_address(p.email) is distinct from p.email
    and p.merged_into is null and p.erased_at is null

  union all
  select 'name_refused', p.id, p.full_name, p.email, null, null
  from handoff.profiles as p
  where p.full_name ~
      $re$^$|^ | $|[^ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u04ff\u4e00-\u9fff\uac00-\ud7a3]$re$
    and handoff_private.stored_name(p.full_name) is distinct from p.full_name
    and p.merged_into is null and p.erased_at is null

  union all
  select 'account_unusual', p.id, p.full_name, p.email, a.partner_slug, a.external_student_id
  from handoff.partner_accounts as a
  left join handoff.profiles as p on p.id = a.student_id
  where a.external_student_id !~ '^[!-~]([ -~]*[!-~])?$'
    and handoff_private.stored_account(a.external_student_id) is distinct from a.external_student_id
  order by 1, 5, 6, 2;
end;
$$;

comment on function handoff.stored_oddities() is
  'Addresses, names and accounts that are stored and would not be taken today, with whose they are. TH403.';
