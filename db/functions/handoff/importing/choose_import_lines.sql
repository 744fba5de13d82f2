-- Lock order: import.
create or replace function handoff.choose_import_lines(p_import_id uuid, p_shown integer[], p_wanted integer[])
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_import handoff.imports;
begin
  perform handoff_private.require_admin();
  v_import := handoff_private.lock_import(p_import_id);
  if v_import.begun_at is not null then
    perform handoff_private.refuse_state('import', p_import_id, 'begun', 'Lines are chosen before a list is applied.');
  end if;
  update handoff.import_lines as l
  set is_wanted = l.line = any (p_wanted)
  where l.import_id = p_import_id and l.line = any (p_shown) and l.verdict = 'doubtful' and l.dropped_at is null
    and l.is_wanted <> (l.line = any (p_wanted));
  return (
    select count(*)::integer
    from handoff.import_lines as l
    where l.import_id = p_import_id and l.verdict = 'doubtful' and l.is_wanted
  );
end;
$$;

comment on function handoff.choose_import_lines(uuid, integer[], integer[]) is
  'Of the doubtful lines that somebody looked at, those that are enrolled as new people all the same; returns how many '
  'of the list that are. TH403, TH404, TH409 begun.';
