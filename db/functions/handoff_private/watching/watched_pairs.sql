-- It walks the index from one pair to the next, whatever number of students each has.
create or replace function handoff_private.watched_pairs()
returns table (partner_slug text, program_slug text, stuck_after integer)
language sql
stable
as $$
  with recursive pair (partner_slug, program_slug) as (
    (
      select w.partner_slug, w.program_slug
      from handoff.standings as w
      where w.partner_slug is not null
      order by w.partner_slug, w.program_slug
      limit 1
    )
    union all
    select n.partner_slug, n.program_slug
    from pair as p
    cross join lateral (
      select w.partner_slug, w.program_slug
      from handoff.standings as w
      where w.partner_slug is not null and (w.partner_slug, w.program_slug) > (p.partner_slug, p.program_slug)
      order by w.partner_slug, w.program_slug
      limit 1
    ) as n
  )
  select p.partner_slug, p.program_slug, handoff_private.stuck_after(p.program_slug, p.partner_slug)
  from pair as p
$$;

comment on function handoff_private.watched_pairs() is
  'The partners and programs at which students are now, with the days after which one is late.';
