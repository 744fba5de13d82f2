create or replace function handoff.recent_refusals()
returns table (partner_slug text, partner_name text, code text, refusals bigint, last_day date)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select p.slug, p.name, r.code, sum(r.refusals)::bigint, max(r.day)
  from handoff.webhook_refusals as r
  join handoff.partners as p on p.slug = r.partner_slug
  where r.day > (
    select (handoff.clock() at time zone coalesce((select s.time_zone from handoff.school as s), 'UTC'))::date - 7
  )
  group by p.slug, p.name, r.code
  order by p.name, p.slug, max(r.day) desc, sum(r.refusals) desc, r.code
$$;

comment on function handoff.recent_refusals() is
  'How many deliveries of each partner were refused within the last seven days, by the school''s time, and why.';
