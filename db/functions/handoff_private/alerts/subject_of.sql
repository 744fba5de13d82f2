create or replace function handoff_private.subject_of(p_finding handoff_private.finding)
returns text
language sql
immutable
as $$
  select
    coalesce(
      'step:' || p_finding.step_id, 'enrollment:' || p_finding.enrollment_id, 'person:' || p_finding.profile_id,
      'partner:' || p_finding.partner_slug, 'handoff'
    ) || coalesce(':' || p_finding.about, '')
$$;

comment on function handoff_private.subject_of(handoff_private.finding) is 'What alerts.subject will be.';
