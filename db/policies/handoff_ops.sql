-- The record of the deploy. Nobody else has a way into this schema. bootstrap.sql protects our tables; these are of
-- yoyo, which makes them after that.
do $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid
    from pg_catalog.pg_class as c
    where c.relnamespace = 'handoff_ops'::regnamespace and c.relkind = 'r' and c.relname ~ 'yoyo'
  loop
    execute format('alter table %s enable row level security', v_table);
    execute format('alter table %s force row level security', v_table);
    execute format('drop policy if exists owner_all on %s', v_table);
    execute format('create policy owner_all on %s to handoff_owner using (true) with check (true)', v_table);
    execute format('comment on table %s is %L', v_table, 'The books of yoyo, which applies the migrations.');
  end loop;
end;
$$;
