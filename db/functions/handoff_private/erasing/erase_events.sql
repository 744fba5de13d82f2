-- Lock order: event.
-- The caller holds: account, profile, enrollments.
-- What nobody could attribute is searched body by body: an erasure is rare, and may take its time.
create or replace function handoff_private.erase_events(p_student_ids uuid[], p_names text[], p_accounts text[])
returns void
language plpgsql
volatile
as $$
begin
  update handoff.partner_event_conflicts as c
  set body = null, context = handoff_private.plain_context(c.context)
  where c.receipt in (select e.receipt from handoff.partner_events as e where e.student_id = any (p_student_ids))
    or handoff_private.body_mentions(c.body, p_names, p_accounts);
  update handoff.partner_events as e
  set
    body = null,
    context = handoff_private.plain_context(e.context),
    result = null,
    due_at = null,
    partner_enrollment_ref = handoff_private.uuid_of(e.partner_enrollment_ref)::text,
    item_ref = case when not handoff_private.mentions(e.item_ref, p_names || p_accounts) then e.item_ref end,
    event_key = case
      when handoff_private.mentions(e.event_key, p_names || p_accounts)
        then handoff_private.erased_text(e.partner_slug, e.event_key)
      else e.event_key
    end,
    external_student_id = case
      when handoff_private.uuid_of(e.external_student_id) is not null then e.external_student_id
      else handoff_private.erased_text(e.partner_slug, e.external_student_id)
    end
  where e.student_id = any (p_student_ids)
    or (e.student_id is null and (
      e.external_student_id = any (p_accounts) or handoff_private.body_mentions(e.body, p_names, p_accounts)
    ));
end;
$$;

comment on function handoff_private.erase_events(uuid[], text[], text[]) is
  'Takes out of events and conflicts what tells of these people; keys, hashes, times and outcomes stay.';
