-- Lock order: account, profile, enrollments, event, steps, certificate.
-- The account's row is the one that an event of an unknown student locks before it parks, see lock_account. The student
-- is locked behind it, as whoever merges, forgets or unlinks does, and read again under that lock.
create or replace function handoff.link_partner_account(
  p_partner_slug text, p_external_student_id text, p_student_id uuid
)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_linked_to uuid;
  v_account   text;
  v_student   uuid;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event');
  v_account := handoff_private.require_account(p_partner_slug, p_external_student_id);
  v_linked_to := handoff_private.lock_account(p_partner_slug, v_account);
  v_student := handoff_private.lock_student(p_student_id);
  if v_linked_to is null then
    update handoff.partner_accounts as a
    set student_id = v_student, linked_at = handoff.clock()
    where a.partner_slug = p_partner_slug and a.external_student_id = v_account;
    perform handoff_private.record_act(v_student, p_partner_slug => p_partner_slug, p_act => 'linked');
  elsif v_linked_to <> v_student then
    perform handoff_private.refuse_state(
      'student', v_linked_to, 'linked', 'This account is another student''s; a link is never moved.'
    );
  end if;
  perform handoff_private.lock_enrollments_of(v_student);
  return handoff_private.apply_parked_events(
    array(
      select e.receipt
      from handoff.partner_events as e
      where e.partner_slug = p_partner_slug and e.external_student_id = v_account
        and e.status = 'parked' and e.reason = 'unknown_student'
    ),
    v_student
  );
end;
$$;

comment on function handoff.link_partner_account(text, text, uuid) is
  'Links a partner''s id to a student and applies the events that waited for it; returns how many. TH400, TH403, '
  'TH404, TH409 linked to another student.';
