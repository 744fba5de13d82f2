-- Lock order: account, profile, enrollments, event, steps, certificate.
-- The account's row is the one that an event of an unknown student locks before it parks, see lock_account.
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
  v_student := handoff_private.student_of_id(p_student_id::text);
  v_account := handoff_private.require_account(p_partner_slug, p_external_student_id, v_student);
  insert into handoff.partner_accounts as a (partner_slug, external_student_id, student_id, linked_at)
  values (p_partner_slug, v_account, v_student, handoff.clock())
  on conflict (partner_slug, external_student_id) do update
  set student_id = coalesce(a.student_id, excluded.student_id), linked_at = coalesce(a.linked_at, excluded.linked_at)
  returning a.student_id into v_linked_to;
  if v_linked_to <> v_student then
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
