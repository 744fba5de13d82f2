begin;
select plan(35);

set local client_min_messages = warning;
-- A row in every table.
create temporary table given as
  select test.enroll('cpr-first-aid') as enrollment_id, test.student('john@test.example') as john, test.admin() as ada;
grant select on given to public;
select handoff.link_partner_account('hsi', 'A-1', john) from given;
select test.as_admin(ada) from given;
select handoff.hold_enrollment(test.enroll('cna', 'jane@test.example'), 'on leave');
select handoff.merge_profiles(test.student('twin@test.example'), john, 'entered twice') from given;
select test.as_dba();
select test.deliver_raw('hsi', '{', 'rejected');
select test.as_admin(ada) from given;
select handoff.replay_partner_event(e.receipt) from handoff.partner_events as e;
select test.as_dba();
select test.send('hsi', 'course.completed', john, '{"student_id": "A-1"}', 'k') from given;
select test.send('hsi', 'certificate.issued', john, '{"student_id": "A-1"}', 'k') from given;
select handoff.count_refusals('hsi', 'stale', 1);
select handoff.revoke_certificate(c.number, 'why') from handoff.certificates as c;
select handoff.request_sign_in('john@test.example', sha256('token'));
select handoff.complete_sign_in(sha256('token'), sha256('session'));

-- What happens when everything is deleted that one foreign key points to, the others looking away.
create function pg_temp.delete_under(p_key text) returns text language plpgsql as $$
declare
  v_key   record;
  v_other record;
  v_said  text;
begin
  select c.conrelid, c.confrelid::regclass as points_to into v_key from pg_catalog.pg_constraint as c where c.conname = p_key;
  begin
    for v_other in
      select c.conname, c.conrelid::regclass as child
      from pg_catalog.pg_constraint as c
      where c.contype = 'f' and c.confrelid = v_key.points_to and c.conname <> p_key
    loop
      execute format('alter table %s drop constraint %I', v_other.child, v_other.conname);
    end loop;
    v_said := test.refused_by('delete from ' || v_key.points_to);
    raise exception using errcode = 'TEST2';
  exception
    when sqlstate 'TEST2' then
      return v_said;
  end;
end;
$$;

create temporary table expected (key) as
  values
    ('acts_actor_id_fkey'),
    ('acts_enrollment_id_fkey'),
    ('acts_event_receipt_fkey'),
    ('acts_merged_into_fkey'),
    ('acts_profile_id_fkey'),
    ('certificates_enrollment_id_student_id_fkey'),
    ('certificates_program_slug_fkey'),
    ('certificates_student_id_fkey'),
    ('enrollment_steps_enrollment_id_fkey'),
    ('enrollment_steps_partner_slug_fkey'),
    ('enrollments_program_slug_fkey'),
    ('enrollments_student_id_fkey'),
    ('partner_accounts_partner_slug_fkey'),
    ('partner_accounts_student_id_fkey'),
    ('partner_event_conflicts_receipt_fkey'),
    ('partner_event_types_partner_slug_fkey'),
    ('partner_events_enrollment_id_fkey'),
    ('partner_events_partner_slug_fkey'),
    ('partner_events_step_id_enrollment_id_fkey'),
    ('partner_events_student_id_fkey'),
    ('program_partners_partner_slug_fkey'),
    ('program_partners_program_slug_fkey'),
    ('step_transitions_actor_id_fkey'),
    ('step_transitions_enrollment_id_fkey'),
    ('step_transitions_event_receipt_fkey'),
    ('step_transitions_step_id_enrollment_id_fkey'),
    ('webhook_refusals_partner_slug_fkey');

select is(pg_temp.delete_under(key), '23503:' || key, key || ' restricts') from expected;
select is(pg_temp.delete_under(c.key), null, c.key || ' does not')
from (values ('sign_in_links_profile_id_fkey'), ('sessions_profile_id_fkey'), ('search_words_profile_id_fkey')) as c (key);
select set_eq(
  'select c.conname::text from pg_catalog.pg_constraint as c where c.contype = ''f'' and c.connamespace = ''handoff''::regnamespace',
  'select key from expected union all values (''acts_certificate_number_fkey''), (''certificates_replaced_by_fkey''), (''sign_in_links_profile_id_fkey''), (''sessions_profile_id_fkey''), (''search_words_profile_id_fkey''), (''profiles_merged_into_fkey''), (''outbox_step_id_enrollment_id_fkey''), (''outbox_partner_slug_fkey''), (''outbox_enrollment_id_fkey''), (''outbox_profile_id_fkey''), (''partner_answers_step_id_fkey''), (''mail_suppressions_profile_id_fkey''), (''mail_suppressions_message_id_fkey''), (''mail_preferences_profile_id_fkey''), (''partner_breakers_partner_slug_fkey''), (''partner_queues_partner_slug_fkey''), (''standings_partner_slug_fkey''), (''standings_program_slug_fkey''), (''standings_enrollment_id_fkey''), (''alerts_profile_id_fkey''), (''alerts_owner_id_fkey''), (''alerts_partner_slug_fkey''), (''alerts_acknowledged_by_fkey''), (''alerts_enrollment_id_fkey''), (''acts_alert_id_fkey''), (''completion_days_partner_slug_fkey''), (''completion_days_actor_id_fkey''), (''imports_uploaded_by_fkey''), (''imports_begun_by_fkey''), (''import_lines_import_id_fkey''), (''import_lines_program_slug_fkey''), (''import_lines_profile_id_fkey''), (''import_lines_enrollment_id_fkey'')',
  'and these are all'
);
select throws_ok('delete from handoff.certificates', 'TH405', null, 'a certificate is never deleted, so two restrict nothing');
select throws_ok('delete from handoff.profiles', '23001', null, 'a person with a history can not be deleted')
where current_setting('server_version_num')::integer >= 180000
union all
select throws_ok('delete from handoff.profiles', '23503', null, 'a person with a history can not be deleted')
where current_setting('server_version_num')::integer < 180000;
select lives_ok($$delete from handoff.profiles where id = test.student('nobody@test.example')$$, 'one without can');
select lives_ok(
  $$update handoff.profiles set email = 'erased-1@invalid.example', full_name = 'Erased' where email = 'john@test.example'$$,
  'a person is erased by anonymising'
);

select * from finish();
rollback;
