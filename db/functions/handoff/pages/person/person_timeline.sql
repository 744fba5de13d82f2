-- Each part is cut before they are put together, so that a long history is not read to its end.
create or replace function handoff.person_timeline(
  p_profile_id uuid, p_before_at timestamptz default 'infinity', p_before_id text default '~', p_limit integer default 50
)
returns table (
  at timestamptz,
  id text,
  kind text,
  about text,
  code text,
  from_status text,
  to_status text,
  of_step boolean,
  detail text,
  actor text,
  reference text
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with own as materialized (select e.id, e.program_slug from handoff.enrollments as e where e.student_id = p_profile_id)
  select h.at, h.id, h.kind, h.about, h.code, h.from_status, h.to_status, h.of_step, h.detail,
    coalesce(w.full_name, h.actor_role), h.reference
  from (
    (
      select
        t.occurred_at, 'c' || to_char(t.id, 'FM0000000000000000000'), 'change', coalesce(p.name, g.name), t.cause,
        t.from_status, t.to_status, t.step_id is not null, t.reason, t.actor_id, t.actor_role, t.event_receipt::text
      from own as o
      join handoff.step_transitions as t on t.enrollment_id = o.id
      join handoff.programs as g on g.slug = o.program_slug
      left join handoff.enrollment_steps as s on s.id = t.step_id
      left join handoff.partners as p on p.slug = s.partner_slug
      where (t.occurred_at, 'c' || to_char(t.id, 'FM0000000000000000000')) < (p_before_at, p_before_id)
      order by 1 desc, 2 desc
      limit p_limit
    )
    union all
    (
      select
        a.occurred_at, 'a' || to_char(a.id, 'FM0000000000000000000'), 'act', null, a.act, null, null, false, a.reason,
        a.actor_id, a.actor_role, coalesce(a.certificate_number, a.event_receipt::text)
      from handoff.acts as a
      where (a.profile_id = p_profile_id or a.enrollment_id in (select o.id from own as o))
        and (a.occurred_at, 'a' || to_char(a.id, 'FM0000000000000000000')) < (p_before_at, p_before_id)
      order by 1 desc, 2 desc
      limit p_limit
    )
    union all
    (
      select
        e.received_at, 'e' || e.receipt, 'event', p.name, e.reason, null, e.status, false, e.event_type, null, null,
        e.receipt::text
      from handoff.partner_events as e
      join handoff.partners as p on p.slug = e.partner_slug
      where e.student_id = p_profile_id and (e.received_at, 'e' || e.receipt) < (p_before_at, p_before_id)
      order by 1 desc, 2 desc
      limit p_limit
    )
    union all
    (
      select
        m.made_at, 'm' || m.message_id, 'message', p.name, m.kind, null, m.status, false, m.detail, null, null,
        m.message_id::text
      from (
        select o.* from handoff.outbox as o where o.profile_id = p_profile_id
        union
        select o.* from handoff.outbox as o where o.enrollment_id in (select w.id from own as w)
      ) as m
      left join handoff.partners as p on p.slug = m.partner_slug
      where (m.made_at, 'm' || m.message_id) < (p_before_at, p_before_id)
      order by 1 desc, 2 desc
      limit p_limit
    )
  ) as h (at, id, kind, about, code, from_status, to_status, of_step, detail, actor_id, actor_role, reference)
  left join handoff.profiles as w on w.id = h.actor_id
  order by h.at desc, h.id desc
  limit p_limit
$$;

comment on function handoff.person_timeline(uuid, timestamptz, text, integer) is
  'All that happened with a person, the newest first: change of a status (code: why), act (code: which), event '
  '(code: its reason, to_status: its status), message (code: its kind, to_status: its status). reference: a '
  'receipt, a message''s id or a certificate''s number. Paged by at and id of the last row.';
