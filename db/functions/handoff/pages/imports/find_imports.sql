create or replace function handoff.find_imports(
  p_before_at timestamptz default 'infinity', p_before_id uuid default null, p_limit integer default 50
)
returns table (
  import_id uuid,
  kind text,
  file_name text,
  uploaded_at timestamptz,
  uploaded_by text,
  begun_at timestamptz,
  finished_at timestamptz,
  lines integer,
  enrolled integer
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select i.id, i.kind, i.file_name, i.uploaded_at, p.full_name, i.begun_at, i.finished_at, l.lines, l.enrolled
  from (
    select i.*
    from handoff.imports as i
    where i.uploaded_at < coalesce(p_before_at, 'infinity')
      or (i.uploaded_at = p_before_at and i.id < p_before_id)
    order by i.uploaded_at desc, i.id desc
    limit p_limit
  ) as i
  left join handoff.profiles as p on p.id = i.uploaded_by
  cross join lateral (
    select count(*)::integer, count(*) filter (where l.made_enrollment)::integer
    from handoff.import_lines as l
    where l.import_id = i.id
  ) as l (lines, enrolled)
  order by i.uploaded_at desc, i.id desc
$$;

comment on function handoff.find_imports(timestamptz, uuid, integer) is
  'The lists that were handed in, the newest first, those before a place; enrolled: how many lines made an enrollment.';
