create or replace function handoff_private.soonest()
returns interval
language sql
immutable
as $$ select interval '10 minutes' $$;

comment on function handoff_private.soonest() is
  'A step that a partner completes sooner after its start can''t have been done in that time.';
