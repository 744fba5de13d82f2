-- Lock order: refusals.
-- It is called with sums, and seldom: a stranger's requests do not each become a write.
create or replace function handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer)
returns void
language sql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
  insert into handoff.webhook_refusals as r (partner_slug, code, day, refusals)
  select p.slug, p_code, (handoff.clock() at time zone handoff_private.school_zone())::date, p_refusals
  from handoff.partners as p
  where p.slug = p_partner_slug
  on conflict (partner_slug, code, day) do update set refusals = r.refusals + excluded.refusals
$$;

comment on function handoff.count_refusals(text, text, integer) is
  'Adds to the count of deliveries of a partner that were refused today, by the school''s time, with this code.';
