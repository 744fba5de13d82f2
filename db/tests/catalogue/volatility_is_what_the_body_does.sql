begin;
select plan(3);

-- Changes: it writes, locks, sets, reads a clock or draws at random, or calls one of ours that does.
create temporary view body as
with recursive ours as (
  select f.oid, f.provolatile, f.prorettype, f.pronamespace::regnamespace || '.' || f.proname as name,
    regexp_replace(f.prosrc, $re$'[^']*'$re$, '', 'g') as prosrc  -- a word in a text does nothing
  from pg_proc as f
  where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12
),
changes as (
  select o.oid, o.name
  from ours as o
  where o.prosrc ~* '\m(insert into|update|delete from|set_config|clock_timestamp|gen_random_uuid|random|pg_current_xact_id)\M'
  union
  select o.oid, o.name
  from ours as o
  join changes as c on o.prosrc ~ ('\m' || replace(c.name, '.', '\.') || '\(')
)
select o.oid::regprocedure as function_name, o.provolatile, o.prorettype, o.oid in (select c.oid from changes as c) as changes
from ours as o;

create temporary view fault as
select b.function_name, b.provolatile
from body as b
-- A trigger's function is volatile whatever it does.
where b.changes <> (b.provolatile = 'v') and b.prorettype <> 'trigger'::regtype;

select is_empty('select * from fault', 'functions that change nothing are stable or immutable, the others volatile');
alter function handoff.partner_directory() volatile;
select is((select count(*) from fault), 1::bigint, 'a volatile one that changes nothing would be found');
alter function handoff.fail_step(uuid, text) stable;
select is((select count(*) from fault), 2::bigint, 'and a stable one that changes something');

select * from finish();
rollback;
