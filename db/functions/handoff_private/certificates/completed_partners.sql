create or replace function handoff_private.completed_partners(p_enrollment_id uuid)
returns jsonb
language sql
stable
as $$
  select jsonb_agg(jsonb_build_object('partner', p.name, 'completed_at', s.completed_at) order by s.sequence_order)
  from handoff.enrollment_steps as s
  join handoff.partners as p on p.slug = s.partner_slug
  where s.enrollment_id = p_enrollment_id and s.status = 'completed'
$$;

comment on function handoff_private.completed_partners(uuid) is
  'The completed steps in order, as a certificate lists them.';
