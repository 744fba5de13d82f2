-- Lock order: message.
-- Nobody is reminded of a step that began before mails did.
create or replace function handoff_private.remind_students(p_now timestamptz)
returns void
language sql
volatile
as $$
  select handoff_private.queue_mail(
    'reminder', e.student_id, concat_ws(':', 'reminder', a.step_id, n.start_number), a.enrollment_id, a.step_id, n.start_number
  )
  from handoff.alerts as a
  join handoff.enrollments as e on e.id = a.enrollment_id
  cross join lateral handoff_private.starts_of(a.step_id) as n (start_number)
  where a.kind = 'stuck_student' and a.closed_at is null and a.opened_at = p_now and exists (
    select
    from handoff.step_transitions as t
    cross join handoff.mailing as m
    where t.step_id = a.step_id and t.to_status = 'in_progress' and t.id > m.began
  )
$$;

comment on function handoff_private.remind_students(timestamptz) is
  'Reminds by mail whose alert stuck_student opens now, once for each start of a step.';
