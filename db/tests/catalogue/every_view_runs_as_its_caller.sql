begin;
select plan(3);

-- Any other view, and every materialized one, shows what its owner may see.
create temporary view fault as
select c.oid::regclass as view_name
from pg_class as c
where c.relnamespace::regnamespace::text like 'handoff%'
  and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions, '{}') && array['security_invoker=true']));

select is_empty('select * from fault', 'every view has security_invoker');
create view handoff.good with (security_invoker = true) as select 1 as one;
select is_empty('select * from fault', 'a view that has it is no fault');
create view handoff.bad as select 1 as one;
select isnt_empty('select * from fault', 'one without would be found');

select * from finish();
rollback;
