-- PL/pgSQL, so that the planner does not make the expressions anew for every event.
create or replace function handoff_private.traces_at_partners(p_person handoff_private.forgotten)
returns setof handoff_private.traces
language plpgsql
stable
as $$
begin
  return query
  select
    p.slug, a.accounts, p_person.ids, handoff_private.name_pattern(p_person.names),
    handoff_private.trace_pattern(p_person.addresses, null), handoff_private.trace_pattern(p_person.addresses, a.accounts),
    handoff_private.name_pattern(p_person.names || p_person.addresses || a.accounts), p_person.namesakes,
    handoff_private.trace_pattern(
      array(select n.email from handoff.profiles as n where n.id = any (p_person.namesakes)), null
    )
  from handoff.partners as p
  cross join lateral (
    select array(
      select a.external_student_id
      from handoff.partner_accounts as a
      where a.partner_slug = p.slug and a.student_id = any (p_person.ids)
    )
  ) as a (accounts);
end;
$$;

comment on function handoff_private.traces_at_partners(handoff_private.forgotten) is
  'What tells of a person who is forgotten, by partner.';
