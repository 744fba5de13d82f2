create or replace function handoff_private.school_zone()
returns text
language sql
stable
as $$ select coalesce((select s.time_zone from handoff.school as s), 'UTC') $$;

comment on function handoff_private.school_zone() is 'The school''s time zone: it makes days.';
