create or replace function handoff_private.refuse_change()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'TH405',
    message = 'append-only table',
    detail = jsonb_build_object('table', tg_table_name, 'command', tg_op)::text,
    hint = 'History is not changed. Act through a function; the act is added to the trail.';
end;
$$;

comment on function handoff_private.refuse_change() is
  'Makes a table append-only for every role, superusers included. Of reasons see allow_erased_reason.';

create or replace trigger append_only
  before delete or truncate or update of
    id, occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role, actor_id, tally
  on handoff.step_transitions
  for each statement execute function handoff_private.refuse_change();

create or replace trigger append_only
  before delete or truncate or update of
    id, occurred_at, act, profile_id, merged_into, enrollment_id, certificate_number, event_receipt, partner_slug,
    event_status, event_reason, events, actor_role, actor_id
  on handoff.acts
  for each statement execute function handoff_private.refuse_change();
