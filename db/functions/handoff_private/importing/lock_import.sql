-- Lock order: import.
create or replace function handoff_private.lock_import(p_import_id uuid)
returns handoff.imports
language plpgsql
volatile
as $$
declare
  v_import handoff.imports;
begin
  select i.* into v_import from handoff.imports as i where i.id = p_import_id for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown import',
      detail = jsonb_build_object('import_id', p_import_id)::text,
      hint = 'Give the id of an import.';
  end if;
  return v_import;
end;
$$;

comment on function handoff_private.lock_import(uuid) is 'Locks an import and returns it. TH404 when there is none.';
