-- An address that was the person's once and is another's today tells of that one.
create or replace function handoff_private.person_to_forget(p_profile_id uuid)
returns handoff_private.forgotten
language plpgsql
stable
as $$
declare
  v_person handoff_private.forgotten;
begin
  v_person.ids := array(select p.id from handoff.profiles as p where p.id = p_profile_id or p.merged_into = p_profile_id);
  select array_agg(distinct k.known) filter (where k.known !~ '@'), array_agg(distinct k.known) filter (where k.known ~ '@')
  into v_person.names, v_person.addresses
  from (
    select unnest(array[p.email, p.full_name] || p.former_details) from handoff.profiles as p where p.id = any (v_person.ids)
    union all
    select c.student_name from handoff.certificates as c where c.student_id = p_profile_id
  ) as k (known)
  where not exists (
    select from handoff.profiles as o where o.email = k.known and o.id <> all (v_person.ids) and o.merged_into is null
  );
  return v_person;
end;
$$;

comment on function handoff_private.person_to_forget(uuid) is
  'By what a person is known: names and addresses of today and before, on certificates, and of merged profiles.';
