-- Lock order: account, profile, enrollments, event, steps, certificate.
-- Whoever was merged into the person is forgotten as well. What was done, by whom and when, stays.
create or replace function handoff.erase_profile(p_profile_id uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason   text;
  v_ids      uuid[];
  v_names    text[];
  v_accounts text[];
begin
  perform handoff_private.require_admin();
  v_reason := handoff_private.require_reason(p_reason);
  if exists (select from handoff.profiles as p where p.id = p_profile_id and p.erased_at is not null) then
    return;
  end if;
  perform from handoff.partner_accounts as a where a.student_id = p_profile_id order by a.partner_slug, a.external_student_id
  for no key update;
  perform handoff_private.keep_an_admin(p_profile_id);
  perform handoff_private.lock_person(p_profile_id);
  perform handoff_private.lock_enrollments_of(p_profile_id);
  select array_agg(p.id), array_agg(p.email) || array_agg(p.full_name)
  into v_ids, v_names
  from handoff.profiles as p
  where p.id = p_profile_id or p.merged_into = p_profile_id;
  select array_agg(distinct a.external_student_id) into v_accounts
  from handoff.partner_accounts as a
  where a.student_id = p_profile_id;
  select v_names || array_agg(distinct c.student_name) into v_names
  from handoff.certificates as c
  where c.student_id = p_profile_id;
  perform handoff_private.erase_events(v_ids, v_names, coalesce(v_accounts, '{}'));
  update handoff.partner_accounts as a
  set external_student_id = handoff_private.erased_text(a.partner_slug, a.external_student_id)
  where a.student_id = p_profile_id;
  update handoff.enrollment_steps as s
  set external_enrollment_id = null
  from handoff.enrollments as e
  where e.student_id = p_profile_id and s.enrollment_id = e.id and s.external_enrollment_id is not null;
  update handoff.certificates as c set student_name = null where c.student_id = p_profile_id;
  perform handoff_private.erase_reasons(v_ids, v_names);
  update handoff.profiles as p
  set
    email = p.id || '@erased.invalid',
    full_name = 'Erased',
    disabled_at = coalesce(p.disabled_at, handoff.clock()),
    erased_at = handoff.clock()
  where p.id = any (v_ids);
  -- Here a part of the name is enough: the reason may have another spelling of it.
  v_names := v_names || v_accounts || regexp_split_to_array(array_to_string(v_names, ' '), '[^[:alnum:]\u0080-\U0010ffff]+');
  perform handoff_private.begin_act(
    'erased', case when handoff_private.mentions(v_reason, v_names) then '(erased)' else v_reason end
  );
  perform handoff_private.record_act(p_profile_id);
end;
$$;

comment on function handoff.erase_profile(uuid, text) is
  'Forgets a person: name, address, accounts, bodies and reasons go from every table; who did what and when stays. A '
  'second call changes nothing. TH400, TH403, TH404, TH409 the last admin, or merged.';
