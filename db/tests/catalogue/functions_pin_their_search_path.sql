begin;
select plan(4);

-- Private helpers run under the path of the function that called them: nobody else can call them. caller_id and clock are
-- inlined, which a pinned path forbids; every name in them is qualified.
create temporary view fault as
select f.oid::regprocedure as function_name
from pg_proc as f
where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12
  and (f.prosecdef or f.prorettype = 'trigger'::regtype or f.pronamespace = 'handoff'::regnamespace)
  and not coalesce(f.proconfig, '{}') @> array['search_path=pg_catalog, pg_temp']
  and f.oid not in ('handoff.caller_id()'::regprocedure, 'handoff.clock()'::regprocedure);

select is_empty('select * from fault', 'every function that others can reach pins its search_path, pg_temp last');
alter function handoff.skip_step(uuid, text) reset search_path;
select is((select count(*) from fault), 1::bigint, 'one that does not would be found');
alter function handoff.skip_step(uuid, text) set search_path = '';
select is((select count(*) from fault), 1::bigint, 'and one with an empty path, which finds the caller''s types first');
alter function handoff.skip_step(uuid, text) set search_path = pg_catalog;
select is((select count(*) from fault), 1::bigint, 'and one that leaves pg_temp first');

select * from finish();
rollback;
