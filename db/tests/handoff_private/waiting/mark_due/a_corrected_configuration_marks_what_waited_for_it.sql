begin;
select plan(17);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('cna') as enrollment_id;
create function pg_temp.due() returns text language sql as $$
  select string_agg(e.event_key, ' ' order by e.position) from handoff.partner_events as e where e.due_at is not null
$$;
create function pg_temp.forget() returns void language sql as $$ update handoff.partner_events set due_at = null $$;

-- An event type.
select test.send('hsi', 'course.finished', john, p_key => 'finished') from given;
select test.send('hsi', 'course.started', john, p_key => 'started') from given;
select test.send('certiport', 'course.finished', john, p_key => 'certiports') from given;
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'course.finished', 'evidence');
select is(pg_temp.due(), 'finished', 'a new event type: its events, of its partner');
select is((select e.due_at from handoff.partner_events as e where e.event_key = 'finished'), handoff.clock(), 'due since now');
select pg_temp.forget();
update handoff.partner_event_types set event_type = 'course.started' where event_type = 'course.finished';
select is(pg_temp.due(), 'started', 'a changed one');
select pg_temp.forget();
update handoff.partner_event_types set event_type = event_type;
select is(pg_temp.due(), null, 'not one that is written again as it was');
update handoff.enrollment_steps set course_ref = 'bls' where enrollment_id = (select enrollment_id from given) and sequence_order = 1;
select is(test.send('hsi', 'course.completed', john, '{"course_id": "acls", "bundle_id": "bls"}', 'course'), 'parked:unmapped_course', 'of a course that is no step') from given;
update handoff.partner_event_types set item_field = 'bundle_id' where partner_slug = 'hsi' and event_type = 'course.completed';
select is(pg_temp.due(), 'course', 'one whose course was read from the wrong field');
select is((tried, applied)::text, '(1,1)', 'tried again, it fits') from handoff.apply_due_events();

-- What waits for something else is left alone.
update handoff.partner_events set due_at = null;
create temporary table held as select test.enroll('emt', 'held@test.example') as enrollment_id, test.student('held@test.example') as student;
select handoff.hold_enrollment(enrollment_id, 'on leave') from held;
select test.send('hsi', 'course.completed', student, p_key => 'held') from held;
update handoff.partner_event_types set item_field = 'course_id' where partner_slug = 'hsi' and event_type = 'course.completed';
select is(pg_temp.due(), null, 'what waits for something else: not by its event type');
update handoff.program_partners set is_required = not is_required where program_slug = 'emt' and partner_slug = 'hsi';
select is(pg_temp.due(), null, 'nor by its mapping');

-- A partner.
update handoff.partners set status = 'disabled' where slug in ('hsi', 'jri');
select test.send('hsi', 'certificate.issued', john, p_key => 'hsis') from given;
select test.send('jri', 'certificate.issued', john, p_key => 'jris') from given;
update handoff.partners set name = 'HSI' where slug = 'hsi';
update handoff.partners set status = 'retired' where slug = 'jri';
select is(pg_temp.due(), null, 'a partner that stays disabled, or is retired: none');
update handoff.partners set status = 'active' where slug = 'hsi';
select is(pg_temp.due(), 'hsis', 'a partner that is active again: its own events');
select pg_temp.forget();
update handoff.partners set status = 'active' where slug = 'hsi';
select is(pg_temp.due(), null, 'not one that was');

-- A mapping.
select is(test.send('milady', 'course.completed', john, p_key => 'johns'), 'parked:no_enrollment', 'of a partner that is not in the program') from given;
select test.send('milady', 'course.completed', jane, p_key => 'janes') from given;
create temporary table gone as select test.enroll('cna', 'gone@test.example') as enrollment_id, test.student('gone@test.example') as student;
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from gone;
select test.send('milady', 'course.completed', student, p_key => 'gones') from gone;
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required) values ('cna', 'milady', 3, true);
select is(pg_temp.due(), 'johns', 'a new mapping: the events of who is in its program');
select pg_temp.forget();
update handoff.program_partners set sequence_order = sequence_order where partner_slug = 'milady';
select is(pg_temp.due(), null, 'not one that is written again as it was');
update handoff.program_partners set is_required = false where program_slug = 'cna' and partner_slug = 'milady';
select is(pg_temp.due(), 'johns', 'a changed one');
select handoff.apply_due_events();
select is((select e.status || ':' || e.reason from handoff.partner_events as e where e.event_key = 'johns'), 'accepted:evidence', 'and what it means now is done') from given;

select * from finish();
rollback;
