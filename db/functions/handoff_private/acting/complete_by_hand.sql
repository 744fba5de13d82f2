-- Lock order: account, profile, enrollments, event, steps, certificate.
-- It comes in as every completion does, names our step, and says in its context who knows it from where.
create or replace function handoff_private.complete_by_hand(p_step_id uuid, p_reason text, p_completed_on text)
returns text
language plpgsql
volatile
as $$
declare
  v_step    handoff.enrollment_steps;
  v_receipt handoff.event_receipt;
begin
  select s.* into v_step from handoff.enrollment_steps as s where s.id = p_step_id;
  if not found then
    perform handoff_private.lock_step(p_step_id);
  end if;
  v_receipt := handoff.receive_partner_event(
    v_step.partner_slug, 'manual:' || gen_random_uuid(), handoff_private.manual_body(v_step, p_completed_on), 'manual',
    jsonb_build_object('reason', handoff_private.require_reason(p_reason))
  );
  if v_receipt.status <> 'accepted' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_receipt.status || ':' || v_receipt.reason, 'The event was not applied; see its reason.'
    );
  end if;
  return v_receipt.reason;
end;
$$;

comment on function handoff_private.complete_by_hand(uuid, text, text) is
  'A person knows that a step is completed: an event of channel manual that names it, with the day on the paper. '
  'Returns its reason; TH409 when it would not complete the step, and then nothing is stored.';
