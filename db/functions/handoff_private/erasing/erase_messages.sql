-- Lock order: message.
-- The caller holds: account, profile, enrollments, event, steps, certificate.
create or replace function handoff_private.erase_messages(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_message record;
begin
  for v_message in
    select o.message_id, o.settled_at is null as is_open
    from handoff.outbox as o
    join handoff.enrollments as e on e.id = o.enrollment_id
    where e.student_id = any (p_person.ids)
    order by o.message_id
  loop
    if v_message.is_open then
      perform handoff_private.cancel_message(v_message.message_id, 'the student was forgotten');
    end if;
    update handoff.outbox as o set body = null where o.message_id = v_message.message_id;
  end loop;
end;
$$;

comment on function handoff_private.erase_messages(handoff_private.forgotten) is
  'Takes what was told of a person out of the messages; those that have not left are cancelled.';
