-- No pattern: % and _ are signs like others.
create or replace function handoff.find_students(p_text text)
returns table (student_id uuid, full_name text, email text, programs text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select f.id, f.full_name, f.email, (
    select string_agg(g.name, ', ' order by e.enrolled_at desc, g.name)
    from handoff.enrollments as e
    join handoff.programs as g on g.slug = e.program_slug
    where e.student_id = f.id and e.status in ('pending', 'active', 'on_hold')
  )
  from (
    select p.id, p.full_name, p.email
    from handoff.profiles as p
    where p.role = 'student' and btrim(p_text) <> ''
      and (position(lower(btrim(p_text)) in lower(p.full_name)) > 0 or position(lower(btrim(p_text)) in p.email) > 0)
    order by p.email <> lower(btrim(p_text)), p.full_name, p.email
    limit 20
  ) as f
  order by f.email <> lower(btrim(p_text)), f.full_name, f.email
$$;

comment on function handoff.find_students(text) is
  'Students whose name or e-mail address contains the text, at most 20, with the programs that they are in.';
