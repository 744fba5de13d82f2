create or replace function handoff_private.mail_facts(p_mail handoff.outbox)
returns jsonb
language sql
volatile
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'now', handoff.clock(), 'school', c.name, 'time_zone', coalesce(c.time_zone, 'UTC'),
    'program', g.name, 'enrollment', e.status, 'partner', p.name, 'step', s.sequence_order,
    'steps', (select count(*) from handoff.enrollment_steps as o where o.enrollment_id = e.id),
    'launch_url', case when not f.is_refused then handoff_private.launch_link(s.id) end,
    'refused', case when f.is_refused then true end,
    'support', p.support_email, 'issued_at', n.issued_at
  )) || p_mail.facts
  from (select) as one
  left join handoff.school as c on true
  left join handoff.enrollments as e on e.id = p_mail.enrollment_id
  left join handoff.programs as g on g.slug = e.program_slug
  left join handoff.enrollment_steps as s on s.id = handoff_private.step_told_of(p_mail)
  left join handoff.partners as p on p.slug = s.partner_slug
  left join handoff.partner_answers as a on a.step_id = s.id
  left join handoff.certificates as n on n.number = p_mail.facts ->> 'certificate'
  cross join lateral (select coalesce(a.refused_at >= s.started_at, false)) as f (is_refused)
$$;

comment on function handoff_private.mail_facts(handoff.outbox) is
  'What a mail is written from: the facts of its making, and what is so today of school, program, step and partner.';
