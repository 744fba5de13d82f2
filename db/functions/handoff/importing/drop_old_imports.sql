-- Lock order: import.
-- It waits for nobody. What came of each line stays.
create or replace function handoff.drop_old_imports(p_limit integer default 10)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old uuid;
  v_all integer := 0;
begin
  perform handoff_private.require_admin();
  for v_old in
    select i.id
    from handoff.imports as i
    where i.dropped_at is null and coalesce(i.finished_at, i.begun_at, i.uploaded_at) < handoff.clock() - interval '30 days'
    order by i.uploaded_at
    limit greatest(p_limit, 0)
    for no key update skip locked
  loop
    update handoff.import_lines as l
    set cells = null, full_name = null, email = null, name_key = null, cohort = null, dropped_at = handoff.clock()
    where l.import_id = v_old and l.dropped_at is null;
    update handoff.imports as i set dropped_at = handoff.clock() where i.id = v_old;
    v_all := v_all + 1;
  end loop;
  return v_all;
end;
$$;

comment on function handoff.drop_old_imports(integer) is
  'Takes names and addresses out of the lines of so many lists that were applied, or handed in and left, more than 30 '
  'days ago; returns how many lists. TH403.';
