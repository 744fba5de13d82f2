create or replace function handoff.programs_open()
returns table (program_slug text, program_name text, category text, requires_approval boolean, partners text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    g.slug, g.name, g.category, g.requires_approval, string_agg(p.name, ', ' order by m.sequence_order)
  from handoff.programs as g
  join handoff.program_partners as m on m.program_slug = g.slug and m.is_required
  join handoff.partners as p on p.slug = m.partner_slug
  where g.is_open
  group by g.slug
  order by g.name, g.slug
$$;

comment on function handoff.programs_open() is
  'The programs that take students, with the partners that a new enrollment leads through, in order.';
