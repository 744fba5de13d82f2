-- What our functions tell the triggers of the audit trail.

create type handoff_private.act as (
  cause         text,
  reason        text,
  event_receipt uuid,
  actor_role    text,
  actor_id      uuid
);
comment on type handoff_private.act is 'Why a status changes, and who changes it.';

-- These have another signature now, or are gone; the deploy makes what there is.
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.check_delivery(text, text, bytea, text, jsonb);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_plain_object(text, jsonb);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_out_of_time(handoff.partner_events, timestamptz);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_in_calendar(text);
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.is_time(jsonb);
