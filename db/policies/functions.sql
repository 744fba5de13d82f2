-- Who may call what. A function that is not here can be called by its owner alone.

-- Everybody reads the clock and whose claims these are.
grant execute on function handoff.clock(), handoff.caller_id() to handoff_student, handoff_admin;
grant execute on function handoff.is_admin() to handoff_admin;

-- Student: reads, under row-level security.
grant execute on function
  handoff.get_current_step(uuid),
  handoff.launch_url_of(uuid),
  handoff.is_enrollment_complete(uuid),
  handoff.student_enrollments(),
  handoff.student_steps(),
  handoff.student_certificates(),
  handoff.student_evidence(),
  handoff.certificate_details(text),
  handoff.profile_data(uuid)
to handoff_student, handoff_admin;

-- Admin: people and enrollments, the admin's hand, parked events, the dashboard.
grant execute on function
  handoff.create_profile(text, text, text),
  handoff.correct_profile(uuid, text, text, text),
  handoff.set_profile_role(uuid, text, text),
  handoff.disable_profile(uuid, text),
  handoff.enable_profile(uuid, text),
  handoff.merge_profiles(uuid, uuid, text),
  handoff.erase_profile(uuid, text),
  handoff.enroll_student(uuid, text, boolean),
  handoff.enroll_person(text, text, text, text),
  handoff.preview_enrolling(text, text, text, text),
  handoff.set_cohort(uuid, text, text),
  handoff.read_import(text, text, jsonb, jsonb),
  handoff.preview_import(uuid, integer),
  handoff.choose_import_lines(uuid, integer[], integer[]),
  handoff.apply_import(uuid, integer),
  handoff.drop_old_imports(integer),
  handoff.find_imports(timestamptz, uuid, integer),
  handoff.import_details(uuid),
  handoff.find_import_lines(uuid, text, integer, integer),
  handoff.approve_enrollment(uuid, text),
  handoff.hold_enrollment(uuid, text),
  handoff.resume_enrollment(uuid, text),
  handoff.withdraw_enrollment(uuid, text),
  handoff.skip_step(uuid, text),
  handoff.fail_step(uuid, text),
  handoff.reopen_step(uuid, text),
  handoff.revoke_certificate(text, text),
  handoff.reissue_certificate(text, text),
  handoff.receive_partner_event(text, text, bytea, text, jsonb),
  handoff.replay_partner_event(uuid),
  handoff.assign_partner_event(uuid, uuid, text),
  handoff.set_event_aside(uuid, text),
  handoff.link_partner_account(text, text, uuid),
  handoff.unlink_partner_account(text, text, text),
  handoff.figures_now(),
  handoff.figure_changes(bigint, bigint),
  handoff.count_figures(),
  handoff.partner_pipeline(jsonb),
  handoff.partner_names(),
  handoff.program_rates(jsonb),
  handoff.stuck_students(),
  handoff.taken_back_enrollments(),
  handoff.stuck_reason(uuid, timestamptz, timestamptz),
  handoff.automation_rates(jsonb),
  handoff.auto_advanced_today(jsonb),
  handoff.recent_changes(),
  handoff.attention_counts(),
  handoff.partner_onboarding(),
  handoff.recent_refusals(),
  handoff.stored_oddities(),
  handoff.worker_silence(),
  handoff.refused_message(uuid),
  handoff.send_again(uuid, text),
  handoff.find_mails(text, timestamptz, uuid, integer),
  handoff.mail_details(uuid),
  handoff.find_alerts(text[], text, text, timestamptz, uuid, integer),
  handoff.alert_counts(),
  handoff.work_queue(integer),
  handoff.queued_alerts(),
  handoff.waiting_accounts(integer),
  handoff.events_to_look_at(),
  handoff.certified_weeks(),
  handoff.partner_pace(),
  handoff.acknowledge_alert(uuid, text),
  handoff.snooze_alert(uuid, timestamptz, text),
  handoff.own_alert(uuid),
  handoff.unreachable_people(timestamptz, uuid, integer),
  handoff.allow_mail_again(uuid, text),
  handoff.find_events(text, text, text, timestamptz, uuid, bytea, integer),
  handoff.event_details(uuid),
  handoff.judge_delivery(text, text, bytea, jsonb),
  handoff.event_evidence(uuid),
  handoff.event_notes(uuid),
  handoff.event_conflicts(uuid),
  handoff.event_candidates(uuid),
  handoff.event_likenesses(uuid),
  handoff.event_students(uuid),
  handoff.event_history(uuid),
  handoff.perform_act(text, text, text, jsonb, bigint),
  handoff.preview_act(text, text, jsonb),
  handoff.possible_acts(uuid),
  handoff.act_subject(text, text),
  handoff.person_version(uuid),
  handoff.person_details(uuid),
  handoff.person_enrollments(uuid),
  handoff.person_steps(uuid),
  handoff.person_accounts(uuid),
  handoff.person_certificates(uuid),
  handoff.person_timeline(uuid, timestamptz, text, integer),
  handoff.programs_open(),
  handoff.students_listed(text, text, text, text, timestamptz, uuid, integer),
  handoff.student_counts(jsonb),
  handoff.find_anything(text),
  handoff.certificate_asked(text),
  handoff.find_students(text),
  handoff.people_found(text, integer),
  handoff.words_asked(text),
  handoff.search_form(text),
  handoff.find_profile(text),
  handoff.due_events(),
  handoff.mark_events_due(text, text, text),
  handoff.stop_due_events(),
  handoff.apply_due_events(integer),
  handoff.sweep_parked_events(),
  handoff.drop_old_bodies(interval, integer),
  handoff.drop_outdated_bodies(integer),
  handoff.drop_ended_sessions(integer)
to handoff_admin;

-- Webhook: one function, and why what it received was rejected.
grant execute on function
  handoff.receive_partner_event(text, text, bytea, text, jsonb),
  handoff.refused_field(uuid)
to handoff_webhook;

-- Worker: what runs without a person.
grant execute on function
  handoff.enroll_student(uuid, text, boolean),
  handoff.generate_enrollment_steps(uuid),
  handoff.advance_to_next_step(uuid),
  handoff.mark_step_complete(uuid, text),
  handoff.receive_partner_event(text, text, bytea, text, jsonb),
  handoff.replay_partner_event(uuid),
  handoff.apply_due_events(integer),
  handoff.sweep_parked_events(),
  handoff.drop_old_bodies(interval, integer),
  handoff.drop_outdated_bodies(integer),
  handoff.drop_ended_sessions(integer),
  handoff.drop_old_imports(integer),
  handoff.find_home(),
  handoff.mark_trail(),
  handoff.follow_figures(bigint, xid8, integer),
  handoff.follow_trail(bigint, xid8, integer, text),
  handoff.sweep_alerts(boolean),
  handoff.claim_alert_webhooks(interval),
  handoff.claim_messages(integer, integer, interval),
  handoff.begin_sending(uuid, uuid),
  handoff.settle_message(uuid, uuid, text, integer, text, interval, jsonb),
  handoff.claim_mails(integer, integer, interval),
  handoff.prepare_mail(uuid, uuid, text, bytea),
  handoff.settle_mail(uuid, uuid, text, text),
  handoff.note_bounce(uuid, boolean, text, text[]),
  handoff.take_back_leases()
to handoff_worker;

-- Public: signing in, looking up a certificate, what the shell must know before anybody is known.
grant execute on function
  handoff.begin_sign_in(text, bytea),
  handoff.request_sign_in(text, bytea),
  handoff.mail_sign_in_link(text, uuid, bytea, text),
  handoff.complete_sign_in(bytea, bytea),
  handoff.session_profile(bytea),
  handoff.end_session(bytea),
  handoff.end_all_sessions(bytea),
  handoff.verify_certificate(text),
  handoff.school_details(),
  handoff.deployed_fingerprint(),
  handoff.partner_directory(),
  handoff.count_refusals(text, text, integer),
  handoff.mail_choice(uuid),
  handoff.stop_mail(uuid),
  handoff.resume_mail(uuid),
  handoff.note_worker_silence()
to handoff_public;

-- Metrics: the figures of /metrics, and nothing else.
grant execute on function handoff.metrics() to handoff_metrics;

-- The type in which receive_partner_event answers.
grant usage on type handoff.event_receipt to handoff_admin, handoff_webhook, handoff_worker;

-- In which claim_messages and claim_mails answer.
grant usage on type handoff.claimed_message, handoff.claimed_mail to handoff_worker;
