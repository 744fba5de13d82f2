-- No pattern: % and _ are signs like others. Every word must stand somewhere in name or address, in any order.
create or replace function handoff.find_students(p_text text)
returns table (student_id uuid, full_name text, email text, programs text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with asked as materialized (
    select a.text, regexp_split_to_array(a.text, ' ') as words
    from (select handoff.search_form(p_text) as text) as a
  ),
  found as (
    select p.id, p.full_name, p.email, s.email = a.text as is_exact
    from handoff.profiles as p
    cross join asked as a
    cross join lateral (
      select handoff.search_form(p.full_name) as name, handoff.search_form(p.email) as email
    ) as s
    where p.role = 'student' and p.merged_into is null and p.erased_at is null and a.text <> ''
      and (select bool_and(position(w.word in s.name || ' ' || s.email) > 0) from unnest(a.words) as w (word))
    order by is_exact desc, p.full_name, p.email
    limit 20
  )
  select f.id, f.full_name, f.email, (
    select string_agg(g.name, ', ' order by e.enrolled_at desc, g.name)
    from handoff.enrollments as e
    join handoff.programs as g on g.slug = e.program_slug
    where e.student_id = f.id and e.status in ('pending', 'active', 'on_hold')
  )
  from found as f
  order by f.is_exact desc, f.full_name, f.email
$$;

comment on function handoff.find_students(text) is
  'Students in whose name or e-mail address every word of the text stands, at most 20, with the programs that '
  'they are in.';
