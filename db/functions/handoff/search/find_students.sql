-- An array is an index condition; a join with people_found would read every profile.
create or replace function handoff.find_students(p_text text)
returns table (student_id uuid, full_name text, email text, programs text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with found as (
    select p.id, p.full_name, p.email, p.email = handoff.search_form(p_text) as is_exact
    from handoff.profiles as p
    where p.id = any (array(select handoff.people_found(p_text))) and p.role = 'student'
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
  'Students of whom every word of the text begins a word of the name or the e-mail address, at most 20, with the '
  'programs that they are in.';
