-- A list for each table, rows as they stand there; a body is given as text where it is text.
create or replace function handoff_private.data_of_people(p_ids uuid[])
returns jsonb
language sql
stable
as $$
  with own as (select e.id from handoff.enrollments as e where e.student_id = any (p_ids)),
  event as (
    select e.*
    from handoff.partner_events as e
    where e.student_id = any (p_ids) or e.enrollment_id in (select o.id from own as o) or (e.student_id is null and exists (
      select
      from handoff.partner_accounts as a
      where a.student_id = any (p_ids) and a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
    ))
  )
  select jsonb_object_agg(t.name, coalesce(t.list, '[]'))
  from (
    select 'profiles', jsonb_agg(to_jsonb(p) order by p.created_at) from handoff.profiles as p where p.id = any (p_ids)
    union all
    select 'search_words', jsonb_agg(to_jsonb(w) order by w.profile_id, w.word)
    from handoff.search_words as w
    where w.profile_id = any (p_ids)
    union all
    select 'partner_accounts', jsonb_agg(to_jsonb(a) order by a.partner_slug, a.external_student_id)
    from handoff.partner_accounts as a
    where a.student_id = any (p_ids)
    union all
    select 'enrollments', jsonb_agg(to_jsonb(e) order by e.enrolled_at)
    from handoff.enrollments as e
    where e.student_id = any (p_ids)
    union all
    select 'enrollment_steps', jsonb_agg(to_jsonb(s) order by s.enrollment_id, s.sequence_order)
    from handoff.enrollment_steps as s
    where s.enrollment_id in (select o.id from own as o)
    union all
    select 'certificates', jsonb_agg(to_jsonb(c) order by c.issued_at)
    from handoff.certificates as c
    where c.student_id = any (p_ids)
    union all
    select 'step_transitions', jsonb_agg(to_jsonb(t) order by t.id)
    from handoff.step_transitions as t
    where t.enrollment_id in (select o.id from own as o) or t.actor_id = any (p_ids)
    union all
    select 'acts', jsonb_agg(to_jsonb(a) order by a.id)
    from handoff.acts as a
    where a.profile_id = any (p_ids) or a.merged_into = any (p_ids) or a.actor_id = any (p_ids)
      or a.enrollment_id in (select o.id from own as o) or a.event_receipt in (select e.receipt from event as e)
    union all
    select 'partner_events',
      jsonb_agg(to_jsonb(e) || jsonb_build_object('body', handoff_private.body_text(e.body)) order by e.position)
    from event as e
    union all
    select 'partner_event_conflicts',
      jsonb_agg(to_jsonb(c) || jsonb_build_object('body', handoff_private.body_text(c.body)) order by c.received_at)
    from handoff.partner_event_conflicts as c
    where c.receipt in (select e.receipt from event as e)
    union all
    select 'outbox', jsonb_agg(to_jsonb(o) - 'lease_token' order by o.made_at, o.key)
    from handoff.outbox as o
    where o.enrollment_id in (select w.id from own as w) or o.profile_id = any (p_ids)
    union all
    select 'partner_answers', jsonb_agg(to_jsonb(a) order by a.step_id)
    from handoff.partner_answers as a
    join handoff.enrollment_steps as s on s.id = a.step_id
    where s.enrollment_id in (select o.id from own as o)
    union all
    select 'standings', jsonb_agg(to_jsonb(w) order by w.enrollment_id)
    from handoff.standings as w
    where w.enrollment_id in (select o.id from own as o)
    union all
    select 'completion_days', jsonb_agg(to_jsonb(d) order by d.day, d.partner_slug)
    from handoff.completion_days as d
    where d.actor_id = any (p_ids)
    union all
    select 'alerts', jsonb_agg(to_jsonb(a) order by a.opened_at, a.id)
    from handoff.alerts as a
    where a.enrollment_id in (select o.id from own as o) or a.profile_id = any (p_ids) or a.owner_id = any (p_ids)
      or a.acknowledged_by = any (p_ids)
    union all
    select 'mail_suppressions', jsonb_agg(to_jsonb(s) order by s.address)
    from handoff.mail_suppressions as s
    where s.profile_id = any (p_ids)
    union all
    select 'mail_preferences', jsonb_agg(to_jsonb(m) order by m.profile_id, m.kind)
    from handoff.mail_preferences as m
    where m.profile_id = any (p_ids)
    union all
    select 'imports', jsonb_agg(to_jsonb(i) order by i.uploaded_at, i.id)
    from handoff.imports as i
    where i.uploaded_by = any (p_ids) or i.begun_by = any (p_ids)
    union all
    select 'import_lines', jsonb_agg(to_jsonb(l) order by l.import_id, l.line)
    from handoff.import_lines as l
    where l.verdict is distinct from 'doubtful' and l.profile_id = any (p_ids) or l.enrollment_id in (select o.id from own as o)
    union all
    select 'sessions', jsonb_agg(to_jsonb(s) - 'session_hash' order by s.created_at)
    from handoff.sessions as s
    where s.profile_id = any (p_ids)
    union all
    select 'sign_in_links', jsonb_agg(to_jsonb(l) - 'token_hash' order by l.created_at)
    from handoff.sign_in_links as l
    where l.profile_id = any (p_ids)
  ) as t (name, list)
$$;

comment on function handoff_private.data_of_people(uuid[]) is 'The rows of every table that are about these people.';
