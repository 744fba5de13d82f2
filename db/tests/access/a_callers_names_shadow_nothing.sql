begin;
select plan(10);

-- The path of this session: its own temporary names last, so that only an attack puts them first.
select set_config('search_path', 'pg_catalog, tap, public, pg_temp', true);

create temporary table given as
select
  test.student('john@test.example') as john,
  test.student('jane@test.example') as jane,
  test.admin() as ada,
  test.student('twin@test.example') as twin,
  test.enroll('medical-assistant', 'john@test.example') as johns,
  test.enroll('cna', 'held@test.example') as held,
  test.enrollment_without_steps('emt', 'pending', 'jane@test.example') as waiting,
  test.enroll('medical-assistant', 'done@test.example') as done;
select handoff.hold_enrollment(held, 'on leave') from given;
select handoff.mark_step_complete(test.step(done, n)) from given, generate_series(1, 3) as n;
select handoff.fail_step(test.step(test.enroll('medical-assistant', 'failed@test.example'), 1), 'absent');
alter table given add column import_id uuid;
update given set import_id = handoff.read_import('students', 'x', '[[1, ["name", "email", "program"]], [2, ["Al Bo", "al@test.example", "cna"]]]');
alter table given add column looked_at uuid;
update given set looked_at = test.import(array['name|email|program', 'Al Bo|al@test.example|cna', 'Bo Al|bo@test.example|cna']);
select handoff.request_sign_in('john@test.example', decode(repeat('02', 32), 'hex'));
select * from handoff.complete_sign_in(decode(repeat('02', 32), 'hex'), decode(repeat('03', 32), 'hex'));
select handoff.request_sign_in('john@test.example', decode(repeat('01', 32), 'hex'));
select test.send('hsi', 'course.completed', null, '{"student_id": "A-1"}', 'unknown');
select test.send('hsi', 'course.completed', john, jsonb_build_object('enrollment_id', test.step(done, 1)), 'unclear') from given;

select test.send('hsi', 'course.completed', john, '{"x": 1}', 'unclear'), handoff.mark_events_due(null, 'parked', 'ambiguous') from given;
select handoff.replay_partner_event(e.receipt), handoff.mark_events_due(null, 'parked', 'ambiguous')
from handoff.partner_events as e where e.event_key = 'unclear';
insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)
values ('events_waiting', 'notice', 'parked', 'hsi', '{}', now(), now());

insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, detail)
select 'alert:dead', 'alert', g.ada, now(), now(), 'dead', 1, now(), 'refused' from given as g;

-- Every function that a role may call, with what it says when nobody attacks.
create temporary table calls as
select c.role_name, c.function_name, c.sql, c.answer
from given
cross join (select e.receipt as unclear from handoff.partner_events as e where e.event_key = 'unclear') as e
cross join lateral (values
  (
    'handoff_worker', 'advance_to_next_step',
    format('select handoff.advance_to_next_step(%L)', johns),
    test.step(johns, 1)::text
  ),
  ('handoff_worker', 'generate_enrollment_steps', format('select handoff.generate_enrollment_steps(%L)', johns), '0'),
  (
    'handoff_worker', 'mark_step_complete',
    format('select handoff.mark_step_complete(%L, %L)', test.step(johns, 1), 'ext'),
    test.step(johns, 2)::text
  ),
  (
    'handoff_worker', 'enroll_student',
    format('select pg_catalog.count(handoff.enroll_student(%L, %L))', jane, 'medical-assistant'),
    '1'
  ),
  (
    'handoff_worker', 'replay_partner_event',
    format(
      'select r.reason from handoff.replay_partner_event(%L) as r',
      (select e.receipt from handoff.partner_events as e where e.event_key = 'unknown')
    ),
    'unknown_student'
  ),
  (
    'handoff_webhook', 'receive_partner_event',
    format(
      'select r.reason from handoff.receive_partner_event(%L, %L, %L) as r',
      'hsi', 'new', json_build_object('event', 'course.completed', 'student_id', john, 'completed_at', now())
    ),
    'completed'
  ),
  (
    'handoff_admin', 'approve_enrollment',
    format('select handoff.approve_enrollment(%L, %L)', waiting, 'why'),
    'active'
  ),
  ('handoff_admin', 'hold_enrollment', format('select handoff.hold_enrollment(%L, %L)', johns, 'why'), 'on_hold'),
  ('handoff_admin', 'resume_enrollment', format('select handoff.resume_enrollment(%L, %L)', held, 'why'), 'active'),
  (
    'handoff_admin', 'withdraw_enrollment',
    format('select handoff.withdraw_enrollment(%L, %L)', johns, 'why'),
    'withdrawn'
  ),
  ('handoff_admin', 'skip_step', format('select handoff.skip_step(%L, %L)', test.step(johns, 2), 'why'), 'skipped'),
  ('handoff_admin', 'fail_step', format('select handoff.fail_step(%L, %L)', test.step(johns, 1), 'why'), 'failed'),
  (
    'handoff_admin', 'reopen_step',
    format(
      'select handoff.reopen_step(%L, %L)',
      (select s.id from handoff.enrollment_steps as s where s.status = 'failed'), 'why'
    ),
    'in_progress'
  ),
  (
    'handoff_admin', 'revoke_certificate',
    format('select handoff.revoke_certificate(%L, %L)', (select c.number from handoff.certificates as c), 'why'),
    'revoked'
  ),
  (
    'handoff_admin', 'reissue_certificate',
    format(
      'select pg_catalog.length(handoff.reissue_certificate(%L, %L))', (select c.number from handoff.certificates as c), 'why'
    ),
    '21'
  ),
  (
    'handoff_admin', 'enroll_person',
    'select m.made_enrollment from handoff.enroll_person(''al@test.example'', ''Al Bo'', ''cna'', ''Fall'') as m', 'true'
  ),
  (
    'handoff_admin', 'preview_enrolling',
    'select pg_catalog.min(s.s) from handoff.preview_enrolling(''jane@test.example'', ''Jane Student'', ''cna'') as s (s) where s.s like ''This%''',
    'This is the address of Jane Student.'
  ),
  ('handoff_admin', 'set_cohort', format('select handoff.set_cohort(%L, %L, %L)', johns, ' Fall', 'why'), 'Fall'),
  (
    'handoff_admin', 'read_import',
    'select pg_catalog.count(handoff.read_import(''students'', ''x'', ''[[1, ["name", "email", "program"]], [2, ["Cy", "cy@test.example", "cna"]]]''))',
    '1'
  ),
  ('handoff_admin', 'preview_import', format('select handoff.preview_import(%L)', import_id), '0'),
  ('handoff_admin', 'choose_import_lines', format('select handoff.choose_import_lines(%L, %L, %L)', looked_at, '{3}', '{3}'), '1'),
  ('handoff_admin', 'apply_import', format('select handoff.apply_import(%L)', looked_at), '0'),
  ('handoff_worker', 'drop_old_imports', 'select handoff.drop_old_imports()', '0'),
  ('handoff_admin', 'find_imports', 'select pg_catalog.count(*) from handoff.find_imports()', '2'),
  ('handoff_admin', 'import_details', format('select d.lines from handoff.import_details(%L) as d', looked_at), '2'),
  (
    'handoff_admin', 'find_import_lines',
    format('select pg_catalog.string_agg(l.verdict, '' '') from handoff.find_import_lines(%L) as l', looked_at), 'new doubtful'
  ),
  (
    'handoff_admin', 'create_profile',
    format('select handoff.create_profile(%L, %L)', ' John@test.example', 'John'),
    john::text
  ),
  (
    'handoff_admin', 'correct_profile',
    format('select handoff.correct_profile(%L, %L, null, %L)', john, 'j@test.example', 'why'),
    john::text
  ),
  ('handoff_admin', 'set_profile_role', format('select handoff.set_profile_role(%L, %L, %L)', ada, 'admin', 'why'), 'admin'),
  ('handoff_admin', 'disable_profile', format('select handoff.disable_profile(%L, %L)', john, 'why'), 'disabled'),
  ('handoff_admin', 'enable_profile', format('select handoff.enable_profile(%L, %L)', john, 'why'), 'active'),
  ('handoff_admin', 'merge_profiles', format('select handoff.merge_profiles(%L, %L, %L)', twin, john, 'why'), '0'),
  ('handoff_admin', 'erase_profile', format('select handoff.erase_profile(%L, %L)', john, 'why'), ''),
  ('handoff_admin', 'find_profile', 'select handoff.find_profile(''JANE@test.example'')', jane::text),
  ('handoff_admin', 'search_form', 'select handoff.search_form(''Łukasz'')', 'lukasz'),
  ('handoff_admin', 'words_asked', 'select pg_catalog.array_to_string(handoff.words_asked(''O’Hara, Zoë''), '' '')', 'ohara zoe'),
  (
    'handoff_student', 'profile_data',
    format('select pg_catalog.jsonb_typeof(handoff.profile_data(%L))', john),
    'object'
  ),
  (
    'handoff_admin', 'link_partner_account',
    format('select handoff.link_partner_account(%L, %L, %L)', 'hsi', 'A-1', john),
    '1'
  ),
  (
    'handoff_admin', 'assign_partner_event',
    format(
      'select r.reason from handoff.assign_partner_event(%L, %L, %L) as r',
      (select e.receipt from handoff.partner_events as e where e.event_key = 'unclear'), test.step(johns, 1), 'why'
    ),
    'completed'
  ),
  (
    'handoff_admin', 'set_event_aside',
    format('select handoff.set_event_aside(%L, %L)', (select e.receipt from handoff.partner_events as e where e.event_key = 'unclear'), 'why'),
    'parked'
  ),
  ('handoff_admin', 'unlink_partner_account', 'select handoff.unlink_partner_account(''hsi'', ''A-1'', ''why'')', '0'),
  ('handoff_admin', 'attention_counts', 'select pg_catalog.count(*) from handoff.attention_counts()', '3'),
  ('handoff_admin', 'auto_advanced_today', 'select handoff.auto_advanced_today()', '0'),
  ('handoff_admin', 'automation_rates', 'select pg_catalog.count(*) from handoff.automation_rates()', '4'),
  ('handoff_admin', 'partner_onboarding', 'select pg_catalog.count(*) from handoff.partner_onboarding()', '5'),
  ('handoff_admin', 'recent_refusals', 'select pg_catalog.count(*) from handoff.recent_refusals()', '0'),
  ('handoff_admin', 'worker_silence', 'select handoff.worker_silence()', ''),
  ('handoff_admin', 'refused_message', format('select pg_catalog.count(*) from handoff.refused_message(%L)', johns), '0'),
  ('handoff_admin', 'send_again', format('select handoff.send_again(%L, %L)', johns, 'why'), 'TH404 unknown message'),
  ('handoff_admin', 'stored_oddities', 'select pg_catalog.count(*) from handoff.stored_oddities()', '0'),
  ('handoff_admin', 'is_admin', 'select handoff.is_admin()', 'true'),
  ('handoff_admin', 'find_events', 'select pg_catalog.count(*) from handoff.find_events(''hsi'')', '3'),
  ('handoff_admin', 'find_students', 'select s.email from handoff.find_students(''JANE'') as s', 'jane@test.example'),
  ('handoff_admin', 'possible_acts', format('select pg_catalog.max(a.about) from handoff.possible_acts(%L) as a', john), 'Medical Assistant'),
  ('handoff_admin', 'preview_act', format('select pg_catalog.count(*) from handoff.preview_act(''correct'', %L, ''{"full_name": "Jon"}'') as s', john), '0'),
  ('handoff_admin', 'perform_act', format('select handoff.perform_act(''correct'', %L, ''misspelt'', ''{"full_name": "John Student"}'')', john), john::text),
  ('handoff_admin', 'act_subject', format('select s.full_name from handoff.act_subject(''correct'', %L) as s', john), 'John Student'),
  ('handoff_admin', 'person_version', format('select pg_catalog.sign(handoff.person_version(%L))', john), '1'),
  ('handoff_admin', 'person_details', format('select d.email from handoff.person_details(%L) as d', jane), 'jane@test.example'),
  ('handoff_admin', 'person_enrollments', format('select pg_catalog.count(*) from handoff.person_enrollments(%L) as e', jane), '1'),
  ('handoff_admin', 'person_steps', format('select pg_catalog.count(*) from handoff.person_steps(%L) as s', jane), '0'),
  ('handoff_admin', 'person_accounts', format('select pg_catalog.count(*) from handoff.person_accounts(%L) as a', jane), '0'),
  ('handoff_admin', 'person_certificates', format('select pg_catalog.count(*) from handoff.person_certificates(%L) as c', jane), '0'),
  ('handoff_admin', 'person_timeline', format('select pg_catalog.min(t.kind) from handoff.person_timeline(%L) as t', jane), 'change'),
  ('handoff_admin', 'programs_open', 'select pg_catalog.count(*) from handoff.programs_open() as p', '49'),
  ('handoff_admin', 'students_listed', 'select pg_catalog.min(s.email) from handoff.students_listed(null, ''emt'') as s', 'jane@test.example'),
  ('handoff_admin', 'student_counts', 'select pg_catalog.count(*) from handoff.student_counts() as s', '5'),
  ('handoff_admin', 'find_anything', 'select f.title from handoff.find_anything(''JANE'') as f', 'Jane Student'),
  ('handoff_admin', 'certificate_asked', 'select handoff.certificate_asked(''o1i'')', '011'),
  ('handoff_admin', 'people_found', 'select f from handoff.people_found(''JANE'') as f', jane::text),
  ('handoff_admin', 'event_details', format('select d.reason from handoff.event_details(%L) as d', unclear), 'ambiguous'),
  ('handoff_admin', 'event_conflicts', format('select pg_catalog.count(*) from handoff.event_conflicts(%L)', unclear), '1'),
  ('handoff_admin', 'event_candidates', format('select pg_catalog.count(*) from handoff.event_candidates(%L)', unclear), '1'),
  ('handoff_admin', 'event_likenesses', format('select pg_catalog.count(*) from handoff.event_likenesses(%L)', unclear), '0'),
  ('handoff_admin', 'event_history', format('select pg_catalog.count(*) from handoff.event_history(%L)', unclear), '1'),
  ('handoff_admin', 'due_events', 'select d.events from handoff.due_events() as d', '1'),
  ('handoff_admin', 'mark_events_due', 'select handoff.mark_events_due()', '2'),
  ('handoff_admin', 'stop_due_events', 'select handoff.stop_due_events()', '1'),
  ('handoff_worker', 'apply_due_events', 'select a.tried from handoff.apply_due_events() as a', '1'),
  ('handoff_worker', 'sweep_parked_events', 'select handoff.sweep_parked_events()', '0'),
  ('handoff_worker', 'drop_old_bodies', 'select handoff.drop_old_bodies(''90 days'')', '0'),
  ('handoff_worker', 'drop_outdated_bodies', 'select handoff.drop_outdated_bodies()', '0'),
  ('handoff_worker', 'drop_ended_sessions', 'select handoff.drop_ended_sessions()', '0'),
  ('handoff_worker', 'find_home', 'select handoff.find_home()', 'known'),
  ('handoff_worker', 'mark_trail', 'select m.last_id > 0 from handoff.mark_trail() as m', 'true'),
  ('handoff_worker', 'follow_trail', 'select handoff.follow_trail(1, null)', '0'),
  ('handoff_worker', 'sweep_alerts', 'select handoff.sweep_alerts() >= 0', 'true'),
  ('handoff_worker', 'claim_messages', 'select pg_catalog.count(*) from handoff.claim_messages(1, 1, ''1 s'')', '0'),
  ('handoff_worker', 'begin_sending', format('select handoff.begin_sending(%L, %L)', john, john), 'false'),
  ('handoff_worker', 'settle_message', format('select handoff.settle_message(%L, %L, ''sent'')', john, john), 'late'),
  ('handoff_worker', 'claim_mails', 'select pg_catalog.count(*) from handoff.claim_mails(0, 0, ''1 s'')', '0'),
  ('handoff_worker', 'prepare_mail', format('select handoff.prepare_mail(%L, %L, %L)', john, john, 'a body'), 'late'),
  ('handoff_worker', 'settle_mail', format('select handoff.settle_mail(%L, %L, ''sent'')', john, john), 'late'),
  ('handoff_admin', 'find_mails', 'select pg_catalog.count(*) from handoff.find_mails(''dead'')', '1'),
  ('handoff_admin', 'mail_details', format('select pg_catalog.count(*) from handoff.mail_details(%L)', john), '0'),
  (
    'handoff_public', 'mail_sign_in_link',
    format('select handoff.mail_sign_in_link(%L, %L, %L)', 'John@test.example', jane, decode(repeat('07', 32), 'hex')),
    ''
  ),
  ('handoff_worker', 'take_back_leases', 'select handoff.take_back_leases()', '0'),
  ('handoff_worker', 'note_bounce', format('select handoff.note_bounce(%L, true, ''5.1.1'', ''{}'')', john), 'unknown'),
  ('handoff_admin', 'allow_mail_again', format('select handoff.allow_mail_again(%L, %L)', john, 'why'), 'false'),
  ('handoff_admin', 'unreachable_people', 'select pg_catalog.count(*) from handoff.unreachable_people()', '0'),
  ('handoff_public', 'mail_choice', format('select c.is_stopped from handoff.mail_choice(%L) as c', john), ''),
  ('handoff_public', 'stop_mail', format('select handoff.stop_mail(%L)', john), ''),
  ('handoff_public', 'resume_mail', format('select handoff.resume_mail(%L)', john), ''),
  ('handoff_webhook', 'refused_field', format('select handoff.refused_field(%L)', john), ''),
  (
    'handoff_admin', 'judge_delivery',
    format('select j.status from handoff.judge_delivery(%L, %L, %L) as j', 'hsi', 'a key', convert_to('[]', 'UTF8')),
    'rejected'
  ),
  ('handoff_admin', 'taken_back_enrollments', 'select pg_catalog.count(*) from handoff.taken_back_enrollments()', '0'),
  ('handoff_admin', 'event_evidence', format('select pg_catalog.count(*) from handoff.event_evidence(%L)', john), '0'),
  ('handoff_admin', 'event_notes', format('select pg_catalog.count(*) from handoff.event_notes(%L)', john), '0'),
  ('handoff_admin', 'figures_now', 'select pg_catalog.jsonb_typeof(handoff.figures_now())', 'object'),
  ('handoff_admin', 'figure_changes', 'select pg_catalog.count(*) from handoff.figure_changes(0, 0)', '0'),
  ('handoff_admin', 'count_figures', 'select pg_catalog.count(*) from handoff.count_figures()', '17'),
  ('handoff_admin', 'partner_names', 'select pg_catalog.count(*) from handoff.partner_names()', '5'),
  ('handoff_worker', 'follow_figures', 'select handoff.follow_figures(1, null)', '0'),
  ('handoff_admin', 'partner_pipeline', 'select pg_catalog.count(*) from handoff.partner_pipeline()', '5'),
  ('handoff_admin', 'program_rates', 'select pg_catalog.count(*) from handoff.program_rates()', '3'),
  (
    'handoff_admin', 'recent_changes',
    'select pg_catalog.count(distinct c.student_name) from handoff.recent_changes() as c',
    '5'
  ),
  (
    'handoff_admin', 'stuck_reason',
    format('select pg_catalog.count(*) from handoff.stuck_reason(%L, %L, %L)', johns, now(), now()),
    '0'
  ),
  ('handoff_admin', 'acknowledge_alert', format('select handoff.acknowledge_alert(%L, %L)', (select a.id from handoff.alerts as a), 'why'), ''),
  ('handoff_admin', 'own_alert', format('select handoff.own_alert(%L)', (select a.id from handoff.alerts as a)), ''),
  (
    'handoff_admin', 'snooze_alert',
    format('select handoff.snooze_alert(%L, %L, %L)', (select a.id from handoff.alerts as a), now() + interval '1 day', 'why'),
    ''
  ),
  ('handoff_admin', 'find_alerts', 'select pg_catalog.count(*) from handoff.find_alerts()', '1'),
  ('handoff_admin', 'work_queue', 'select pg_catalog.count(*) from handoff.work_queue()', '4'),
  ('handoff_admin', 'queued_alerts', 'select pg_catalog.count(*) from handoff.queued_alerts() as a', '0'),
  ('handoff_admin', 'waiting_accounts', 'select w.account from handoff.waiting_accounts() as w', 'A-1'),
  ('handoff_admin', 'events_to_look_at', 'select pg_catalog.count(*) from handoff.events_to_look_at()', '3'),
  ('handoff_admin', 'certified_weeks', 'select c.week_before from handoff.certified_weeks() as c', '0'),
  ('handoff_admin', 'partner_pace', 'select pg_catalog.count(*) from handoff.partner_pace()', '5'),
  (
    'handoff_admin', 'event_students',
    format(
      'select pg_catalog.count(*) from handoff.event_students(%L)',
      (select e.receipt from handoff.partner_events as e where e.event_key = 'unknown')
    ),
    '0'
  ),
  ('handoff_admin', 'alert_counts', 'select c.alerts from handoff.alert_counts() as c', '1'),
  ('handoff_worker', 'claim_alert_webhooks', 'select pg_catalog.count(*) from handoff.claim_alert_webhooks(''1 s'')', '0'),
  ('handoff_public', 'note_worker_silence', 'select n.is_news from handoff.note_worker_silence() as n', 'false'),
  ('handoff_admin', 'stuck_students', 'select pg_catalog.count(*) from handoff.stuck_students()', '1'),
  (
    'handoff_public', 'request_sign_in',
    format('select handoff.request_sign_in(%L, %L)', 'John@test.example', decode(repeat('04', 32), 'hex')),
    'true'
  ),
  (
    'handoff_public', 'begin_sign_in',
    format('select handoff.begin_sign_in(%L, %L)', 'John@test.example', decode(repeat('06', 32), 'hex')),
    'john@test.example'
  ),
  ('handoff_public', 'end_all_sessions', format('select handoff.end_all_sessions(%L)', decode(repeat('03', 32), 'hex')), ''),
  (
    'handoff_public', 'complete_sign_in',
    format(
      'select s.role from handoff.complete_sign_in(%L, %L) as s',
      decode(repeat('01', 32), 'hex'), decode(repeat('05', 32), 'hex')
    ),
    'student'
  ),
  (
    'handoff_public', 'session_profile',
    format('select s.email from handoff.session_profile(%L) as s', decode(repeat('03', 32), 'hex')),
    'john@test.example'
  ),
  ('handoff_public', 'end_session', format('select handoff.end_session(%L)', decode(repeat('03', 32), 'hex')), ''),
  (
    'handoff_public', 'verify_certificate',
    format('select v.state from handoff.verify_certificate(%L) as v', (select c.number from handoff.certificates as c)),
    'valid'
  ),
  ('handoff_public', 'school_details', 'select s.time_zone from handoff.school_details() as s', 'UTC'),
  ('handoff_public', 'deployed_fingerprint', 'select pg_catalog.length(handoff.deployed_fingerprint())', '64'),
  ('handoff_metrics', 'metrics', 'select pg_catalog.count(*) > 10 from handoff.metrics()', 'true'),
  ('handoff_public', 'partner_directory', 'select pg_catalog.count(*) from handoff.partner_directory()', '5'),
  (
    'handoff_public', 'count_refusals',
    format('select handoff.count_refusals(%L, %L, %L)', 'hsi', 'bad_signature', 1),
    ''
  ),
  (
    'handoff_student', 'get_current_step',
    format('select s.step_id from handoff.get_current_step(%L) as s', johns),
    test.step(johns, 1)::text
  ),
  ('handoff_student', 'launch_url_of', format('select handoff.launch_url_of(%L)', test.step(johns, 1)), 'https://www.hsi.com/login'),
  ('handoff_student', 'is_enrollment_complete', format('select handoff.is_enrollment_complete(%L)', johns), 'false'),
  ('handoff_student', 'student_certificates', 'select pg_catalog.count(*) from handoff.student_certificates()', '0'),
  ('handoff_student', 'student_enrollments', 'select pg_catalog.count(*) from handoff.student_enrollments()', '1'),
  ('handoff_student', 'student_evidence', 'select pg_catalog.count(*) from handoff.student_evidence()', '0'),
  ('handoff_student', 'student_steps', 'select pg_catalog.count(*) from handoff.student_steps()', '3'),
  (
    'handoff_student', 'certificate_details',
    format(
      'select pg_catalog.count(*) from handoff.certificate_details(%L)',
      (select c.number from handoff.certificates as c)
    ),
    '0'
  ),
  ('handoff_student', 'caller_id', 'select handoff.caller_id()', john::text),
  ('handoff_student', 'clock', 'select pg_catalog.date_part(''year'', handoff.clock())', date_part('year', now())::text)
) as c (role_name, function_name, sql, answer);

select is_empty(
  $$select f.proname
    from pg_proc as f
    where f.pronamespace = 'handoff'::regnamespace and f.prolang <> 12
      and exists (select from aclexplode(f.proacl) as a where a.grantee <> f.proowner)
    except
    select c.function_name from calls as c$$,
  'every function that a role may call is attacked here'
);

-- What the caller is told with this search_path; what the call did is undone.
create function pg_temp.told(p_role text, p_person uuid, p_sql text, p_path text) returns text language plpgsql as $$
declare
  v_told text;
begin
  perform test.act(p_role, p_person);
  perform set_config('search_path', p_path, true);
  execute p_sql into v_told;
  perform pg_catalog.set_config('search_path', 'pg_catalog', true);
  raise exception using errcode = 'TEST0', message = 'told ' || coalesce(v_told, '');
exception
  when sqlstate 'TEST0' then
    return substr(sqlerrm, 6);
  when others then
    return sqlstate || ' ' || sqlerrm;
end;
$$;

-- The springs: what is sprung stays counted, whatever is undone.
create temporary sequence sprung;
grant all on sequence sprung to public;
create function pg_temp.spring() returns trigger language plpgsql as $$
begin
  perform pg_catalog.nextval('pg_temp.sprung');
  return null;
end;
$$;
do $$
declare
  v_table text;
  v_type  text;
begin
  for v_table in
    select c.relname from pg_class as c where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind = 'r'
  loop
    execute format('create temporary table %I (id uuid, slug text, status text, role text, email text)', v_table);
    execute format('grant all on pg_temp.%I to public', v_table);
    execute format(
      'create trigger spring after insert or update or delete on pg_temp.%I execute function pg_temp.spring()', v_table
    );
  end loop;
  -- Made last: a statement above would take one for its own.
  foreach v_type in array array['uuid', 'jsonb', 'json', 'bytea', 'timestamptz', 'date', 'name', 'event_receipt', 'text'] loop
    execute format('create type pg_temp.%I as (forged pg_catalog.int4)', v_type);
  end loop;
end;
$$;

create schema evil;
grant usage on schema evil to public;
do $$
declare
  v_function record;
begin
  for v_function in
    select f.proname, pg_get_function_arguments(f.oid) as arguments, pg_get_function_result(f.oid) as result
    from pg_proc as f
    where f.pronamespace = 'pg_catalog'::regnamespace and f.prokind = 'f' and not f.proretset and f.provariadic = 0
      and f.proname in (
        'lower', 'upper', 'btrim', 'length', 'octet_length', 'current_setting', 'set_config', 'clock_timestamp',
        'gen_random_uuid', 'sha256', 'pg_has_role', 'convert_from', 'to_jsonb', 'jsonb_typeof', 'left', 'replace', 'texteq',
        'textne', 'uuid_eq', 'uuid_ne', 'jsonb_object_field_text', 'timestamptz_lt', 'timestamptz_gt', 'int4eq', 'textcat'
      )
      and pg_get_function_result(f.oid) not like '%any%' and pg_get_function_arguments(f.oid) not like '%any%'
      and pg_get_function_arguments(f.oid) not like '%DEFAULT%'
  loop
    execute format(
      'create function evil.%I(%s) returns %s language plpgsql as %L', v_function.proname, v_function.arguments,
      v_function.result, 'begin perform pg_catalog.nextval(''pg_temp.sprung''); raise exception ''sprung''; end'
    );
  end loop;
end;
$$;
create operator evil.= (function = evil.texteq, leftarg = text, rightarg = text);
create operator evil.<> (function = evil.textne, leftarg = text, rightarg = text);
create operator evil.= (function = evil.uuid_eq, leftarg = uuid, rightarg = uuid);
create operator evil.<> (function = evil.uuid_ne, leftarg = uuid, rightarg = uuid);
create operator evil.= (function = evil.int4eq, leftarg = integer, rightarg = integer);
create operator evil.->> (function = evil.jsonb_object_field_text, leftarg = jsonb, rightarg = text);
create operator evil.< (function = evil.timestamptz_lt, leftarg = timestamptz, rightarg = timestamptz);
create operator evil.> (function = evil.timestamptz_gt, leftarg = timestamptz, rightarg = timestamptz);
create operator evil.|| (function = evil.textcat, leftarg = text, rightarg = text);

-- Three careless functions show that the springs work.
create function handoff.without_path() returns void language plpgsql security definer as
  'begin update enrollment_steps set status = status; end';
create function handoff.with_empty_path() returns void language plpgsql security definer set search_path = '' as
  'declare v_id uuid; begin v_id := gen_random_uuid(); end';
create function handoff.without_names() returns boolean language plpgsql security definer as
  'begin return lower(''A'') = ''a''; end';
select is(
  pg_temp.told('handoff_webhook', null, 'select handoff.without_path()', 'pg_temp, handoff'), '',
  'a function without a path'
);
select is(currval('sprung'), 1::bigint, 'writes to the caller''s table and runs its trigger');
select isnt(
  pg_temp.told('handoff_webhook', null, 'select handoff.with_empty_path()', ''), '',
  'one with an empty path takes the caller''s types'
);
select isnt(
  pg_temp.told('handoff_webhook', null, 'select handoff.without_names()', 'evil, pg_catalog'), 'true',
  'and the caller''s functions are called'
);
select setval('sprung', 1, false);

-- Functions are compiled when they are first called in a session: make it now.
do $$
declare
  v_function regprocedure;
begin
  for v_function in
    select f.oid from pg_proc as f where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12
  loop
    execute format('alter function %s cost 99', v_function);
  end loop;
end;
$$;
create temporary table attacks as
select c.function_name, c.answer, p.path, pg_temp.told(
  c.role_name, case c.role_name when 'handoff_admin' then g.ada when 'handoff_student' then g.john end, c.sql, p.path
) as told
from (values ('pg_temp, pg_catalog, handoff'), ('evil, pg_catalog'), ('pg_catalog')) as p (path)
cross join calls as c
cross join given as g;


select is_empty(
  $$select function_name, told, answer from attacks where path like 'pg_temp%' and told is distinct from answer$$,
  'with tables and types of the caller first, every function says what it always says'
);
select is_empty(
  $$select function_name, told, answer from attacks where path like 'evil%' and told is distinct from answer$$,
  'with functions and operators of the caller first, too'
);
select is_empty(
  $$select function_name, told, answer from attacks where path = 'pg_catalog' and told is distinct from answer$$,
  'as without an attack'
);
select is((select is_called from sprung), false, 'and nothing of the caller''s was run');
select is((select count(*) from attacks), 3 * (select count(*) from calls), 'each was tried three times');

select * from finish();
rollback;
