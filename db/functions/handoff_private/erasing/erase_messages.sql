-- Lock order: answer, message.
-- The caller holds: account, profile, enrollments, event, steps, certificate.
create or replace function handoff_private.erase_messages(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_message record;
begin
  update handoff.partner_answers as a
  set launch_url = null
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where e.student_id = any (p_person.ids) and a.step_id = s.id and num_nonnulls(a.accepted_at, a.refused_at) > 0;
  delete from handoff.partner_answers as a
  using handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where e.student_id = any (p_person.ids) and a.step_id = s.id and num_nonnulls(a.accepted_at, a.refused_at) = 0;
  for v_message in
    select o.message_id, o.settled_at is null as is_open
    from handoff.outbox as o
    left join handoff.enrollments as e on e.id = o.enrollment_id
    where e.student_id = any (p_person.ids) or o.profile_id = any (p_person.ids)
    order by o.message_id
  loop
    if v_message.is_open then
      perform handoff_private.cancel_message(v_message.message_id, 'the student was forgotten');
    end if;
    update handoff.outbox as o set body = null, facts = '{}', mailed_to = null where o.message_id = v_message.message_id;
  end loop;
end;
$$;

comment on function handoff_private.erase_messages(handoff_private.forgotten) is
  'Takes what was told of a person, and the link that a partner answered, out of messages and answers; messages to the '
  'person, and to partners about the person, that have not left are cancelled. What admins are told names nobody.';
