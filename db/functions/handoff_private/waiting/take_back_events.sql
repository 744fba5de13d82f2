-- Lock order: event, steps, certificate.
-- The caller holds: account, profile, enrollments.
create or replace function handoff_private.take_back_events(
  p_partner_slug text, p_external_student_id text, p_student_id uuid
)
returns uuid[]
language plpgsql
volatile
as $$
declare
  v_events  uuid[];
  v_steps   uuid[];
  v_refs    text[];
  v_of      handoff.enrollments;
  v_done    uuid[];
begin
  select array_agg(e.receipt), array_agg(distinct e.step_id), array_agg(distinct e.partner_enrollment_ref)
  into v_events, v_steps, v_refs
  from (
    select e.receipt, e.step_id, e.partner_enrollment_ref
    from handoff.partner_events as e
    where e.partner_slug = p_partner_slug and e.external_student_id = p_external_student_id
      and e.student_id = p_student_id and e.status in ('accepted', 'ignored', 'parked') and e.set_aside_at is null
    order by e.position
    for no key update
  ) as e;
  update handoff.partner_events as e
  set
    status = 'parked', reason = 'unknown_student', error_code = null, due_at = null, student_id = null,
    enrollment_id = null, step_id = null
  where e.receipt = any (v_events);
  update handoff.enrollment_steps as s
  set
    external_enrollment_id = case
      when s.external_enrollment_id = any (v_refs) then (
        select e.partner_enrollment_ref
        from handoff.partner_events as e
        where e.step_id = s.id and e.status = 'accepted' and lower(e.partner_enrollment_ref) <> s.id::text
        order by e.position
        limit 1
      )
      else s.external_enrollment_id
    end,
    failed_attempts = c.attempts,
    progress_count = c.parts
  from unnest(v_steps) as u (id), handoff_private.counts_of_step(u.id) as c
  where s.id = u.id;
  for v_of in select n.* from handoff.enrollments as n where n.student_id = p_student_id order by n.id
  loop
    v_done := array(
      select s.id
      from handoff.enrollment_steps as s
      where s.enrollment_id = v_of.id and s.status = 'completed' and s.completed_by = any (v_events)
    );
    if v_done <> '{}' then
      perform handoff_private.take_back_credits(v_of, v_done);
    end if;
  end loop;
  return coalesce(v_events, array[]::uuid[]);
end;
$$;

comment on function handoff_private.take_back_events(text, text, uuid) is
  'Parks all that came for an account, which is nobody''s any more, and takes back what it did; returns the receipts.';
