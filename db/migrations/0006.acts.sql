-- What our functions hand to each other: who acts and why, and which step an event means. And a student's enrollments in order
-- of id, as they are locked.

create type handoff_private.act as (
  cause         text,
  reason        text,
  event_receipt uuid,
  actor_role    text,
  actor_id      uuid
);
comment on type handoff_private.act is 'Why a status changes, and who changes it: what our functions tell the triggers of the audit trail.';

create type handoff_private.target as (
  enrollment_id     uuid,
  enrollment_status text,
  enrolled_at       timestamptz,
  step_id           uuid,
  step_status       text,
  is_ambiguous      boolean
);
comment on type handoff_private.target is 'The step that an event means. step_id is null where approval is awaited.';

-- squawk-ignore require-concurrent-index-deletion
drop index handoff.enrollments_student;
create index enrollments_student on handoff.enrollments (student_id, id);

-- Their signatures have changed; the deploy makes them again.
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.check_delivery(text, text, bytea, text, jsonb);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_plain_object(text, jsonb);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.lock_enrollments_of(uuid);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.choose_target(handoff.partner_events);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.assigned_target(uuid);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.credited_step(handoff.partner_events);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_out_of_time(handoff.partner_events, timestamptz);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_in_calendar(text);
