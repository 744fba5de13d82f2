-- Lock order: account, profile, enrollments, event, steps, certificate.
-- An event that has read the account before it was taken back reads it again under the profile's lock.
create or replace function handoff.unlink_partner_account(
  p_partner_slug text, p_external_student_id text, p_reason text
)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_account text;
  v_student uuid;
  v_events  uuid[];
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('unlinked', handoff_private.require_reason(p_reason));
  select a.external_student_id, a.student_id
  into v_account, v_student
  from handoff.partner_accounts as a
  where a.partner_slug = p_partner_slug
    and a.external_student_id in (p_external_student_id, handoff_private.stored_account(p_external_student_id))
  order by a.external_student_id = p_external_student_id desc
  limit 1
  for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown account',
      detail = jsonb_build_object('partner', p_partner_slug, 'account', p_external_student_id)::text,
      hint = 'Give the slug of a partner and its id of a student.';
  elsif v_student is null then
    return 0;
  end if;
  perform handoff_private.lock_enrollments_of(v_student);
  update handoff.partner_accounts as a
  set student_id = null, linked_at = null
  where a.partner_slug = p_partner_slug and a.external_student_id = v_account;
  v_events := handoff_private.take_back_events(p_partner_slug, v_account, v_student);
  perform handoff_private.record_act(
    p_profile_id => v_student, p_partner_slug => p_partner_slug, p_events => cardinality(v_events)
  );
  return cardinality(v_events);
end;
$$;

comment on function handoff.unlink_partner_account(text, text, text) is
  'Takes back a link and all that rests on it: its events are parked as unknown_student, the steps that they completed '
  'are open again. Returns how many events. TH400, TH403, TH404.';
