-- Of several certificates the one that was issued with this completion: the others were issued at other times.
create or replace function handoff_private.mails_of_enrollments(p_from bigint, p_upto bigint)
returns table (
  kind text, key text, enrollment_id uuid, step_id uuid, start_number integer, facts jsonb, occurred_at timestamptz
)
language sql
stable
as $$
  select
    k.kind, concat_ws(':', k.kind, coalesce(c.number, concat_ws(':', t.enrollment_id, k.time))), t.enrollment_id, null::uuid,
    null::integer,
    jsonb_strip_nulls(jsonb_build_object(
      'time', case when k.kind <> 'certificate_issued' then k.time end, 'certificate', c.number,
      'awaits_approval', case when k.kind = 'enrolled' and t.to_status = 'pending' then true end
    )),
    t.occurred_at
  from handoff.step_transitions as t
  cross join lateral (
    select m.kind, handoff_private.times_of(t.enrollment_id, m.kind, t.id)
    from handoff_private.mail_of_change(t.from_status, t.to_status) as m (kind)
  ) as k (kind, time)
  left join lateral (
    select o.number
    from handoff.certificates as o
    where k.kind = 'certificate_issued' and o.enrollment_id = t.enrollment_id
      and not exists (select from handoff.certificates as r where r.replaced_by = o.number)
    order by greatest(o.issued_at - t.occurred_at, t.occurred_at - o.issued_at)
    limit 1
  ) as c on true
  where t.id > p_from and t.id <= p_upto and t.step_id is null and k.kind is not null
    and (k.kind <> 'certificate_issued' or c.number is not null)
$$;

comment on function handoff_private.mails_of_enrollments(bigint, bigint) is
  'The mails that follow from a part of the audit trail, where an enrollment has another status.';
