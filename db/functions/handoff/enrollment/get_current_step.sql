-- Runs with the caller's rights: row-level security decides whose enrollment this may be.
create or replace function handoff.get_current_step(p_enrollment_id uuid)
returns table (
  step_id uuid,
  partner_slug text,
  partner_name text,
  sequence_order integer,
  status text,
  started_at timestamptz,
  launch_url text
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select s.id, p.slug, p.name, s.sequence_order, s.status, s.started_at, handoff.launch_url_of(s.id)
    from handoff.enrollment_steps as s
    join handoff.partners as p on p.slug = s.partner_slug
    where s.enrollment_id = p_enrollment_id and s.status = 'in_progress';
end;
$$;

comment on function handoff.get_current_step(uuid) is
  'The step in progress, 0 or 1 row, under the caller''s row-level security.';
