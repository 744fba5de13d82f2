create or replace function handoff_private.require_admin()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_caller uuid := handoff.caller_id();
begin
  if v_caller is not null and not exists (
    select from handoff.profiles as p where p.id = v_caller and p.role = 'admin'
  ) then
    raise exception using
      errcode = 'TH403',
      message = 'not an admin',
      detail = jsonb_build_object('profile_id', v_caller)::text,
      hint = 'Sign in as an admin.';
  end if;
end;
$$;

comment on function handoff_private.require_admin() is
  'Claims, where there are any, must be those of an admin: the role alone does not make one. TH403 otherwise.';
