-- Weeks begin on Monday, by the school's clocks. A reissued certificate counts once, when its program was completed.
create or replace function handoff.certified_weeks()
returns table (this_week integer, week_before integer)
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  with monday (this, before) as materialized (
    select m.monday at time zone z.zone, (m.monday - interval '1 week') at time zone z.zone
    from (select coalesce((select s.time_zone from handoff.school as s), 'UTC')) as z (zone)
    cross join lateral (select date_trunc('week', handoff.clock() at time zone z.zone)) as m (monday)
  )
  select
    (
      select count(*)::integer
      from (
        select
        from handoff.enrollments as e
        where e.status = 'completed' and e.completed_at >= m.this and exists (
          select from handoff.certificates as c where c.enrollment_id = e.id and c.revoked_at is null and c.replaced_at is null
        )
        limit 1001
      ) as n
    ),
    (
      select count(*)::integer
      from (
        select
        from handoff.enrollments as e
        where e.status = 'completed' and e.completed_at >= m.before and e.completed_at < m.this and exists (
          select from handoff.certificates as c where c.enrollment_id = e.id and c.revoked_at is null and c.replaced_at is null
        )
        limit 1001
      ) as n
    )
  from monday as m
$$;

comment on function handoff.certified_weeks() is
  'How many enrollments were completed since Monday, by the school''s time, and in the week before, with a certificate '
  'that is valid; each counted up to 1001.';
