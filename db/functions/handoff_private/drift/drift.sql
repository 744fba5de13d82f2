create or replace function handoff_private.drift()
returns table (kind text, name text, line text, heals boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $$
  with ours (name) as (
    select quote_ident(r.name) from handoff_ops.roles as r
    union all
    values ('everybody')
  ),
  different (kind, name, was, present) as (
    select coalesce(w.kind, f.kind), coalesce(w.name, f.name), w.fact, f.fact
    from handoff_ops.deployed_facts as w
    full join handoff_private.facts() as f on f.kind = w.kind and f.name = w.name
    where f.fact is distinct from w.fact
  )
  select
    d.kind, d.name,
    d.kind || ' ' || d.name || ' ' || case
      when d.present is null then 'is missing (' || d.was || ')'
      when d.was is null then 'is not ours (' || d.present || ')'
      else 'is another: ' || d.present || '; deployed was: ' || d.was
    end,
    case d.kind
      when 'right' then d.name !~ '^create in | on what is made '
        and (d.name ~ ' of the owner$' or substring(d.name from '[^ ]+$') in (select o.name from ours as o))
      when 'policy' then d.was is not null
        or string_to_array(substring(d.present from '^.*? to (.*?)(?: using .*| with check .*)?$'), ', ')
          && array(select o.name from ours as o)
      when 'trigger' then d.was ~ ' EXECUTE FUNCTION handoff_private[.][^ ]+$'
      when 'function' then d.was is not null
      when 'table' then d.was is not null and d.present ~ 'row-level security'
      else false
    end
  from different as d
  -- What is gone or new as a whole is one thing.
  where not exists (
    select
    from different as w
    where (w.was is null or w.present is null) and (
      w.kind || ' ' || w.name = substring(d.name from ' on (.*) of (?:the owner|[^ ]+)$')
      or w.name = substring(d.name from '^(.*)[.][^.]+$') and w.kind in ('table', 'view', 'relation', 'type')
    )
  )
  order by d.kind collate "C", d.name collate "C"
$$;

comment on function handoff_private.drift() is
  'What is not as the deploys left it, with a line for people, and whether functions, policies and triggers that are '
  'applied anew put it right. No row: all is as it was deployed.';
