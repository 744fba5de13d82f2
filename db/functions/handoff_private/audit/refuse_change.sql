create or replace function handoff_private.refuse_change()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'TH405',
    message = 'append-only table',
    detail = jsonb_build_object('table', tg_table_name, 'command', tg_op)::text,
    hint = 'History is not changed. Act through a function; the act is added to the trail.';
end;
$$;

comment on function handoff_private.refuse_change() is 'Makes a table append-only for every role, superusers included.';

create or replace trigger append_only
  before update or delete or truncate on handoff.step_transitions
  for each statement execute function handoff_private.refuse_change();

create or replace trigger append_only
  before update or delete or truncate on handoff.event_replays
  for each statement execute function handoff_private.refuse_change();

create or replace trigger append_only
  before update or delete or truncate on handoff.acts
  for each statement execute function handoff_private.refuse_change();
