create or replace function handoff_private.launch_link(p_step_id uuid)
returns text
language sql
stable
as $$
  select coalesce(a.launch_url, p.launch_url)
  from handoff.enrollment_steps as s
  join handoff.partners as p on p.slug = s.partner_slug
  left join handoff.partner_answers as a on a.step_id = s.id
  where s.id = p_step_id
$$;

comment on function handoff_private.launch_link(uuid) is
  'Where a student begins a step: as the partner answered for this one, else where all of its students do.';
