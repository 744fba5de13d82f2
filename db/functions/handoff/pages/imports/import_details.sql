create or replace function handoff.import_details(p_import_id uuid)
returns table (
  import_id uuid,
  kind text,
  file_name text,
  header text[],
  defaults jsonb,
  uploaded_at timestamptz,
  uploaded_by text,
  begun_at timestamptz,
  begun_by text,
  finished_at timestamptz,
  dropped_at timestamptz,
  verdicts jsonb,
  results jsonb,
  lines integer,
  to_judge integer,
  to_do integer,
  wanted integer,
  would_enroll integer,
  earlier_id uuid,
  earlier_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with line as materialized (
    select l.verdict, l.reason, l.result, l.is_wanted, l.done_at, l.dropped_at
    from handoff.import_lines as l
    where l.import_id = p_import_id
  )
  select
    i.id, i.kind, i.file_name, i.header, i.defaults, i.uploaded_at, u.full_name, i.begun_at, b.full_name, i.finished_at,
    i.dropped_at,
    (
      select coalesce(jsonb_object_agg(v.verdict, v.lines), '{}')
      from (select l.verdict, count(*) from line as l where l.verdict is not null group by l.verdict) as v (verdict, lines)
    ),
    (
      select coalesce(jsonb_object_agg(r.result, r.lines), '{}')
      from (select l.result, count(*) from line as l where l.result is not null group by l.result) as r (result, lines)
    ),
    c.lines, c.to_judge, c.to_do, c.wanted, c.would_enroll, e.id, e.uploaded_at
  from handoff.imports as i
  left join handoff.profiles as u on u.id = i.uploaded_by
  left join handoff.profiles as b on b.id = i.begun_by
  cross join lateral (
    select
      count(*)::integer,
      count(*) filter (where l.verdict is null and l.dropped_at is null)::integer,
      count(*) filter (where l.verdict is not null and l.done_at is null)::integer,
      count(*) filter (where l.verdict = 'doubtful' and l.is_wanted)::integer,
      count(*) filter (where l.is_wanted and (l.verdict <> 'known' or l.reason = 'to_enroll'))::integer
    from line as l
  ) as c (lines, to_judge, to_do, wanted, would_enroll)
  left join lateral (
    select o.id, o.uploaded_at
    from handoff.imports as o
    where o.content_sha256 = i.content_sha256 and o.kind = i.kind and o.finished_at <= i.uploaded_at and o.id <> i.id
    order by o.finished_at desc, o.id
    limit 1
  ) as e on true
  where i.id = p_import_id
$$;

comment on function handoff.import_details(uuid) is
  'A list that was handed in, with how many of its lines are what, and what came of them. to_judge, to_do: lines '
  'left for preview_import and apply_import; wanted: doubtful ones that were chosen; would_enroll: those that '
  'would make an enrollment; earlier_id: the same list, applied before. No row: unknown.';
