-- A trigger and no CHECK, which may not ask what zones there are. After the row is written, so that the constraints
-- speak first. A restore makes triggers last: what was taken once is not refused by another server's list.
create or replace function handoff_private.check_zone()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_exact constant text := handoff_private.exact_zone(new.time_zone);
begin
  if v_exact is distinct from new.time_zone then
    raise exception using
      errcode = 'TH400',
      message = 'not an exact time zone',
      detail = jsonb_build_object('time_zone', new.time_zone, 'exact', v_exact)::text,
      hint = 'Write it letter by letter as in pg_timezone_names; DETAIL has it where only the case differs.';
  end if;
  return null;
end;
$$;

comment on function handoff_private.check_zone() is
  'Refuses a time zone of the school that is not written as in the list of time zones, whoever writes it.';

create or replace trigger check_zone
  after insert or update of time_zone on handoff.school
  for each row execute function handoff_private.check_zone();
