create or replace function handoff.act_subject(p_act text, p_target text)
returns table (profile_id uuid, full_name text, about text, version bigint)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select p.id, p.full_name, case handoff_private.kind_of_target(p_act)
    when 'enrollment' then (
      select g.name
      from handoff.enrollments as e
      join handoff.programs as g on g.slug = e.program_slug
      where e.id = handoff_private.uuid_of(p_target)
    )
    when 'step' then (
      select r.name || ', ' || g.name
      from handoff.enrollment_steps as s
      join handoff.partners as r on r.slug = s.partner_slug
      join handoff.enrollments as e on e.id = s.enrollment_id
      join handoff.programs as g on g.slug = e.program_slug
      where s.id = handoff_private.uuid_of(p_target)
    )
    when 'certificate' then (
      select c.program_name || ', ' || c.number from handoff.certificates as c where c.number = p_target
    )
    else p.email
  end, handoff.person_version(p.id)
  from handoff.profiles as p
  where p.id = handoff_private.person_of_target(p_act, p_target) and (select handoff.is_admin())
$$;

comment on function handoff.act_subject(text, text) is
  'Whom and what an act is about: the person, the program, partner, certificate or address, and the version for '
  'p_seen of perform_act. No row: there is no such thing. TH400.';
