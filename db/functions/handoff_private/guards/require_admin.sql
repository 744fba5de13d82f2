create or replace function handoff_private.require_admin()
returns void
language plpgsql
stable
as $$
declare
  v_has_claims constant boolean := coalesce(current_setting('request.jwt.claims', true), '') <> '';
  v_caller     constant uuid := case when v_has_claims then handoff.caller_id() end;
begin
  if v_has_claims and not exists (select from handoff.profiles as p where p.id = v_caller and p.role = 'admin') then
    raise exception using
      errcode = 'TH403',
      message = 'not an admin',
      detail = jsonb_build_object('profile_id', v_caller)::text,
      hint = 'Sign in as an admin.';
  end if;
end;
$$;

comment on function handoff_private.require_admin() is
  'Claims, where there are any, must be those of an admin: the role alone does not make one. TH403 otherwise, and for'
  ' claims that name nobody.';
