-- What deciding on an event gives, as types.

create type handoff_private.outcome as (
  status text,
  reason text
);
comment on type handoff_private.outcome is 'What becomes of an event. A reason belongs to one status.';

create type handoff_private.target as (
  enrollment_id     uuid,
  enrollment_status text,
  enrolled_at       timestamptz,
  step_id           uuid,
  step_status       text,
  is_ambiguous      boolean
);
comment on type handoff_private.target is 'The step that an event means, with what is asked of it and of its enrollment.';
comment on column handoff_private.target.step_id is 'Null: the enrollment awaits approval and has no steps yet.';
comment on column handoff_private.target.is_ambiguous is 'Whether the event could mean another open step as well.';

comment on column handoff.partners.signature_scheme is 'How its webhooks are signed; see docs/partners/webhooks.md.';
comment on table handoff.webhook_refusals is
  'How many deliveries of a partner were refused on a day before anything of them was stored; a row for each code.';
