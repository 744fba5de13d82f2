-- For everybody: a school's name and logo stand on the page for signing in.
create or replace function handoff.school_details()
returns table (name text, time_zone text, logo bytea, paper text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$ select s.name, s.time_zone, s.logo, s.paper from handoff.school as s $$;

comment on function handoff.school_details() is
  'What pages, mails and certificates show of the school of today: one row.';
