-- Lock order: profile, enrollments, event, steps, certificate.
-- The way of most events: a student's only enrollment, a step in progress, a partner that stands in it once and has a
-- secret of its own, so that nothing of it can be credited elsewhere. One statement finds, locks, stores, completes,
-- starts the next step and keeps the trail, so the triggers are told that it does; what its two rows change in the
-- figures is plain, see tally_of_step. PostgreSQL reads enrollment and step again under their lock.
-- Whose account it is, is asked again under the profile's lock, without which no link is taken back. The two
-- `not exists` are not read again there: the profile's lock, which is older than the statement's snapshot, keeps the
-- first true, and the steps of an enrollment stay the second. A key that is taken raises. What was read before its
-- student was forgotten goes the slow way, on which what it says is dropped.
create or replace function handoff_private.complete_at_once(p_event handoff.partner_events)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_role    constant name := handoff_private.caller_role();
  v_person  constant uuid := handoff_private.acting_person(v_role);
  v_receipt handoff.event_receipt;
begin
  if p_event.meaning <> 'completion' or not coalesce(p_event.passed, true) or p_event.partner_enrollment_ref is not null
    or p_event.left_out is not null or p_event.partner_completed_day_only or p_event.context ? 'shared_with'
  then
    return null;
  end if;
  perform set_config('handoff.act', 'kept', true)
  from handoff.profiles as p
  where p.id = p_event.student_id and (p.erased_at is null or p_event.body is null)
  for no key update;
  if not found then
    return null;
  end if;
  with target as (
    select s.id, s.enrollment_id
    from handoff.enrollments as e
    join handoff.enrollment_steps as s on s.enrollment_id = e.id
    where e.student_id = p_event.student_id and e.status = 'active'
      and (p_event.external_student_id = p_event.student_id::text or exists (
        select
        from handoff.partner_accounts as a
        where a.partner_slug = p_event.partner_slug and a.external_student_id = p_event.external_student_id
          and a.student_id = p_event.student_id
      ))
      and s.partner_slug = p_event.partner_slug and s.status = 'in_progress'
      and (s.course_ref is null or s.course_ref = p_event.item_ref)
      and handoff_private.is_out_of_time(p_event.partner_completed_at, p_event.received_at, e.enrolled_at) is not true
      and not exists (select from handoff.enrollments as o where o.student_id = p_event.student_id and o.id <> e.id)
      and not exists (
        select
        from handoff.enrollment_steps as c
        where c.enrollment_id = e.id and c.partner_slug = s.partner_slug and c.id <> s.id
      )
    for no key update of e, s
  ),
  event as (
    insert into handoff.partner_events (
      receipt, partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at, status, reason,
      first_outcome, event_type, meaning, external_student_id, item_ref, partner_completed_at, passed, result,
      student_id, enrollment_id, step_id
    )
    select
      p_event.receipt, p_event.partner_slug, p_event.event_key, p_event.channel, p_event.context, p_event.body,
      coalesce(p_event.body_sha256, sha256(p_event.body)), p_event.received_at, p_event.received_at, 'accepted', 'completed',
      'accepted:completed', p_event.event_type, p_event.meaning, p_event.external_student_id, p_event.item_ref,
      p_event.partner_completed_at, p_event.passed, p_event.result, p_event.student_id, t.enrollment_id, t.id
    from target as t
    returning receipt, enrollment_id, step_id
  ),
  done as (
    update handoff.enrollment_steps as s
    set
      status = 'completed',
      completed_at = greatest(handoff.clock(), s.started_at),
      partner_completed_at = p_event.partner_completed_at,
      completed_by = e.receipt
    from event as e
    where s.id = e.step_id
    returning e.receipt, s.enrollment_id, s.id, s.sequence_order, s.partner_slug
  ),
  started as (
    update handoff.enrollment_steps as s
    set status = 'in_progress', started_at = handoff.clock()
    from done as d
    where s.enrollment_id = d.enrollment_id and s.sequence_order = d.sequence_order + 1 and s.status = 'pending'
    returning s.id, s.partner_slug
  ),
  trail as (
    insert into handoff.step_transitions (
      occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role, actor_id,
      tally
    )
    select
      handoff.clock(), d.enrollment_id, m.step_id, m.from_status, m.to_status, m.cause, d.receipt, v_role, v_person,
      m.partner_slug || case when v_role in ('handoff_webhook', 'handoff_worker') then m.unaided_tally else m.tally end
    from done as d
    left join started as n on true
    cross join lateral (
      values
        (d.id, 'in_progress', 'completed', 'partner_event', d.partner_slug, ':iC7', ':iC78'),
        (n.id, 'pending', 'in_progress', 'advanced', n.partner_slug, ':pI5', ':pI56T')
    ) as m (step_id, from_status, to_status, cause, partner_slug, tally, unaided_tally)
    where m.step_id is not null
  )
  select d.receipt, 'accepted', 'completed', d.enrollment_id, d.id, n.id
  into v_receipt
  from done as d
  left join started as n on true;
  perform set_config('handoff.act', '', true);
  if v_receipt.receipt is not null and v_receipt.next_step_id is null then
    perform handoff_private.begin_act('partner_event', null, v_receipt.receipt);
    v_receipt.next_step_id := handoff_private.move_on(v_receipt.enrollment_id);
  end if;
  return v_receipt;
end;
$$;

comment on function handoff_private.complete_at_once(handoff.partner_events) is
  'Stores a new completion that was read and does what it says, where that is plain; null where it is not, and then '
  'nothing is done.';
