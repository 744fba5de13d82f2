-- Few wait or are on hold, and those are counted; of the many the figures know how many they are.
create or replace function handoff.student_counts(p_figures jsonb default handoff.figures_now())
returns table (state text, enrollments bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select s.state, s.enrollments
  from (
    select 1, null::text, (
      select sum(f.cases::bigint) from jsonb_each_text(p_figures #> '{cases,enrollments}') as f (slug, cases)
    )
    union all
    select 2, 'pending', (
      select count(*) from (select from handoff.enrollments as e where e.status = 'pending' limit 1001) as e
    )
    union all
    select 3, 'late', (
      select count(*)
      from (
        select
        from handoff.alerts as a
        where a.kind in ('stuck_student', 'enrollment_blocked') and a.closed_at is null
        limit 1001
      ) as a
    )
    union all
    select 4, 'on_hold', (
      select count(*) from (select from handoff.enrollments as e where e.status = 'on_hold' limit 1001) as e
    )
    union all
    select 5, 'completed', (
      select sum(f.cases::bigint) from jsonb_each_text(p_figures #> '{cases,enrollments_completed}') as f (slug, cases)
    )
  ) as s (place, state, enrollments)
  order by s.place
$$;

comment on function handoff.student_counts(jsonb) is
  'How many enrollments there are in each state of students_listed that is counted, all of them under null; those '
  'who wait, are late or on hold up to 1001. p_figures: where figures_now() was asked already.';
