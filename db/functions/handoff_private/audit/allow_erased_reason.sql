-- A statement that names another column is refused before, by refuse_change. The row is looked at all the same: a
-- trigger of somebody else may have changed more.
create or replace function handoff_private.allow_erased_reason()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.reason is null or to_jsonb(new) <> to_jsonb(old) || '{"reason": "(erased)"}' then
    raise exception using
      errcode = 'TH405',
      message = 'append-only table',
      detail = jsonb_build_object('table', tg_table_name, 'command', tg_op)::text,
      hint = 'Of a row of history only its reason can go, when a person is erased.';
  end if;
  return new;
end;
$$;

comment on function handoff_private.allow_erased_reason() is
  'Lets a reason be replaced by (erased) in a table that is append-only, and nothing else.';

create or replace trigger only_erased_reason
  before update on handoff.step_transitions
  for each row execute function handoff_private.allow_erased_reason();

create or replace trigger only_erased_reason
  before update on handoff.acts
  for each row execute function handoff_private.allow_erased_reason();
