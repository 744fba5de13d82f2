create or replace function handoff_private.school_zone()
returns text
language sql
stable
as $$ select 'UTC' $$;

comment on function handoff_private.school_zone() is 'The time zone in which the school''s days begin and end.';
