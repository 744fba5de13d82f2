-- Inside a security definer function current_user is the owner; this is who called it.
create or replace function handoff_private.caller_role()
returns name
language sql
stable
as $$ select coalesce(nullif(current_setting('role'), 'none'), session_user)::name $$;

comment on function handoff_private.caller_role() is 'The role that the caller switched to, else its login.';
