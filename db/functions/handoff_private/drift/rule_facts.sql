create or replace function handoff_private.rule_facts()
returns table (kind text, name text, fact text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  -- A restore brackets a condition another way, so the text is kept without brackets. "Not null" is the column's.
  select
    'constraint', coalesce(r.name, t.name) || '.' || quote_ident(k.conname),
    translate(regexp_replace(pg_get_constraintdef(k.oid), $re$(\w)\($re$, $re$\1 $re$, 'g'), '()', '')
      -- After "disable trigger all", or a restore of data alone that was killed.
      || case
        when exists (
          select from pg_catalog.pg_trigger as g where g.tgconstraint = k.oid and g.tgisinternal and g.tgenabled <> 'O'
        ) then ', its triggers are disabled'
        else ''
      end
  from pg_catalog.pg_constraint as k
  left join handoff_private.our_relations() as r on r.relation = k.conrelid
  left join handoff_private.our_types() as t on t.type = k.contypid
  where coalesce(r.name, t.name) is not null and k.contype not in ('n', 't')
  union all
  select
    'trigger', r.name || '.' || quote_ident(g.tgname),
    case g.tgenabled when 'O' then '' when 'A' then 'always ' when 'R' then 'for replicas ' else 'disabled ' end
      || pg_get_triggerdef(g.oid)
  from handoff_private.our_relations() as r
  join pg_catalog.pg_trigger as g on g.tgrelid = r.relation and not g.tgisinternal
  union all
  select
    'policy', r.name || '.' || quote_ident(p.polname),
    concat_ws(
      ' ',
      case when p.polpermissive then 'permits' else 'restricts' end,
      case p.polcmd
        when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all'
      end,
      'to ' || (
        select string_agg(w.grantee, ', ' order by w.grantee)
        from unnest(p.polroles) as o (role)
        cross join lateral handoff_private.grantee(o.role) as w (grantee)
      ),
      'using ' || pg_get_expr(p.polqual, p.polrelid),
      'with check ' || pg_get_expr(p.polwithcheck, p.polrelid)
    )
  from handoff_private.our_relations() as r
  join pg_catalog.pg_policy as p on p.polrelid = r.relation
  union all
  select 'rule', r.name || '.' || quote_ident(w.rulename), regexp_replace(pg_get_ruledef(w.oid), '[[:space:]]+', ' ', 'g')
  from handoff_private.our_relations() as r
  join pg_catalog.pg_rewrite as w on w.ev_class = r.relation
$$;

comment on function handoff_private.rule_facts() is
  'What holds for the rows of our tables: constraints, triggers, policies, rules; of a view what it shows.';
