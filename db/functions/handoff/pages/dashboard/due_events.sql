create or replace function handoff.due_events()
returns table (partner_slug text, partner_name text, status text, reason text, events bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select p.slug, p.name, e.status, e.reason, count(*)
  from handoff.partner_events as e
  join handoff.partners as p on p.slug = e.partner_slug
  where e.due_at is not null
  group by p.slug, p.name, e.status, e.reason
  order by p.name, e.status, e.reason
$$;

comment on function handoff.due_events() is 'How many events are due to be tried again, by partner, status and reason.';
