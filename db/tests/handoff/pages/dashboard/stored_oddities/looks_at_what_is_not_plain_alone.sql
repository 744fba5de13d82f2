begin;
select plan(4);

-- What the index of odd names leaves out: none of it would be refused or stored in another way.
select is_empty(
  $$select to_hex(g.code)
    from generate_series(1, 55215) as g (code)
    where ' ' || chr(g.code) !~ $re$[^ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u04ff\u4e00-\u9fff\uac00-\ud7a3]$re$
      and handoff_private.stored_name('a' || chr(g.code) || chr(g.code) || 'b') is distinct from 'a' || chr(g.code) || chr(g.code) || 'b'$$,
  'a letter that is plain in a name stays as it is'
);
create function pg_temp.plan_of(p_from text, p_where text) returns text language plpgsql as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute format('explain select from handoff.%s where %s', p_from, p_where) loop
    v_plan := v_plan || v_line;
  end loop;
  return v_plan;
end;
$$;
-- The conditions as they stand in the function.
create temporary table condition as
select m[1] as text, row_number() over () as place
from regexp_matches(pg_get_functiondef('handoff.stored_oddities()'::regprocedure), 'where ((?:[pa])\.(?:.|\n)*?) *\n? *and handoff_private', 'g') as m;
set local enable_seqscan = off;
set local enable_bitmapscan = off;
select ok(
  pg_temp.plan_of(w.from_what, c.text || w.more) ~ w.index, 'looks into an index for: ' || w.index
)
from condition as c
join (
  values
    (1, 'profiles as p', ' and p.merged_into is null and p.erased_at is null', 'profiles_odd_address'),
    (2, 'profiles as p', ' and p.merged_into is null and p.erased_at is null', 'profiles_odd_name'),
    (3, 'partner_accounts as a', '', 'partner_accounts_odd')
) as w (place, from_what, more, index) on w.place = c.place;

select * from finish();
rollback;
