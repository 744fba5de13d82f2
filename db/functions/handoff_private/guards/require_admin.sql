create or replace function handoff_private.require_admin()
returns void
language plpgsql
stable
as $$
begin
  -- Without claims there is nobody to look up.
  if coalesce(current_setting('request.jwt.claims', true), '') <> '' and not handoff.is_admin() then
    raise exception using
      errcode = 'TH403',
      message = 'not an admin',
      detail = jsonb_build_object('profile_id', handoff.caller_id())::text,
      hint = 'Sign in as an admin.';
  end if;
end;
$$;

comment on function handoff_private.require_admin() is
  'Claims, where there are any, must be those of an admin: the role alone does not make one. TH403 otherwise, and for'
  ' claims that name nobody.';
