create or replace function handoff_private.stuck_after(p_program_slug text, p_partner_slug text)
returns integer
language sql
stable
as $$
  select coalesce(
    (
      select max(coalesce(m.stuck_after_days, p.stuck_after_days))
      from handoff.program_partners as m
      where m.program_slug = p_program_slug and m.partner_slug = p_partner_slug
    ),
    p.stuck_after_days
  )
  from handoff.partners as p
  where p.slug = p_partner_slug
$$;

comment on function handoff_private.stuck_after(text, text) is
  'After how many days a student of the program is late at the partner: as the program says, else as the partner does; '
  'the longest of several courses.';
