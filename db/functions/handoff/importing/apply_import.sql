-- Lock order: batch, import, profile, enrollments, steps, certificate.
-- One list at a time: two would lock the same students in different order.
create or replace function handoff.apply_import(p_import_id uuid, p_limit integer default 50)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_line handoff.import_lines;
  v_left integer;
begin
  perform handoff_private.require_admin();
  perform from handoff_ops.locks as l where l.name = 'imports' for update;
  perform handoff_private.lock_import(p_import_id);
  if exists (
    select from handoff.import_lines as l where l.import_id = p_import_id and l.verdict is null and l.dropped_at is null
  ) then
    perform handoff_private.refuse_state('import', p_import_id, 'not previewed', 'Call preview_import until nothing is left.');
  end if;
  update handoff.imports as i
  set begun_at = handoff.clock(), begun_by = handoff_private.acting_person(handoff_private.caller_role())
  where i.id = p_import_id and i.begun_at is null;
  for v_line in
    select l.*
    from handoff.import_lines as l
    where l.import_id = p_import_id and l.done_at is null and l.verdict is not null
    order by l.line
    limit greatest(p_limit, 0)
  loop
    perform handoff_private.apply_student(v_line);
  end loop;
  select count(*)::integer into v_left
  from handoff.import_lines as l
  where l.import_id = p_import_id and l.done_at is null and l.verdict is not null;
  update handoff.imports as i
  set finished_at = handoff.clock()
  where i.id = p_import_id and v_left = 0 and i.finished_at is null;
  return v_left;
end;
$$;

comment on function handoff.apply_import(uuid, integer) is
  'Applies so many lines of a list that was looked at, each by itself; returns how many are left. Of a list that is '
  'applied, nothing changes. TH403, TH404, TH409 not previewed.';
