create or replace function handoff.find_import_lines(
  p_import_id uuid, p_verdict text default null, p_after integer default 0, p_limit integer default 5000
)
returns table (
  line integer,
  cells text[],
  full_name text,
  email text,
  cohort text,
  program_name text,
  verdict text,
  reason text,
  profile_id uuid,
  known_name text,
  known_email text,
  other_line integer,
  is_wanted boolean,
  result text,
  error_code text,
  enrollment_id uuid
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select
    l.line, l.cells, l.full_name, l.email, l.cohort, g.name, l.verdict, l.reason, l.profile_id, p.full_name, p.email,
    l.other_line, l.is_wanted, l.result, l.error_code, l.enrollment_id
  from (
    select l.*
    from handoff.import_lines as l
    where l.import_id = p_import_id and l.line > coalesce(p_after, 0) and (p_verdict is null or l.verdict = p_verdict)
    order by l.line
    limit p_limit
  ) as l
  left join handoff.programs as g on g.slug = l.program_slug
  left join handoff.profiles as p on p.id = l.profile_id
  order by l.line
$$;

comment on function handoff.find_import_lines(uuid, text, integer, integer) is
  'Lines of a list behind one, of one verdict or of all: what stood there, what is known of the person, what came '
  'of it.';
