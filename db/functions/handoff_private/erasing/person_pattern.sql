create or replace function handoff_private.person_pattern(p_person handoff_private.forgotten)
returns text
language sql
stable
as $$
  select concat_ws('|', handoff_private.name_pattern(p_person.names), handoff_private.trace_pattern(p_person.addresses, array(
    select a.external_student_id from handoff.partner_accounts as a where a.student_id = any (p_person.ids)
  )))
$$;

comment on function handoff_private.person_pattern(handoff_private.forgotten) is
  'A regular expression that finds the name, an address or an account of a person in what people write.';
