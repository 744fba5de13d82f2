begin;
select plan(12);

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select test.student() as john, test.enroll('cna') as held, test.enroll('emt', 'jane@test.example') as waiting, test.student('jane@test.example') as jane;
select handoff.hold_enrollment(held, 'on leave') from given;
select is(test.send('hsi', 'course.completed', john, p_key => 'on_hold'), 'parked:on_hold', 'on_hold') from given;
select is(test.send('hsi', 'course.completed', jane, p_key => 'awaiting_approval'), 'parked:awaiting_approval', 'awaiting_approval') from given;
select is(test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'unknown_student'), 'parked:unknown_student', 'unknown_student');
select is(test.send('hsi', 'course.renamed', john, p_key => 'unknown_event_type'), 'parked:unknown_event_type', 'unknown_event_type') from given;
select is(test.send('milady', 'course.completed', john, p_key => 'no_enrollment'), 'parked:no_enrollment', 'no_enrollment') from given;
update handoff.partners set status = 'disabled' where slug = 'jri';
select is(test.send('jri', 'program.completed', john, p_key => 'partner_disabled'), 'parked:partner_disabled', 'partner_disabled') from given;
select is(handoff.sweep_parked_events(), 0, 'what still waits for something is left alone');

-- As if each had been corrected while the event was being decided, so that nobody saw the other.
set local session_replication_role = replica;
update handoff.enrollments set status = 'active', activated_at = handoff.clock();
update handoff.partner_accounts set student_id = given.john, linked_at = handoff.clock() from given where external_student_id = 'h-1';
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'course.renamed', 'evidence');
update handoff.partners set status = 'active' where slug = 'jri';
set local session_replication_role = origin;
select is((select count(*) from handoff.partner_events as e where e.due_at is not null), 0::bigint, 'none is due');
select is(handoff.sweep_parked_events(), 5, 'the sweep finds what slipped');
select results_eq(
  'select e.event_key from handoff.partner_events as e where e.due_at is null', $$values ('no_enrollment')$$, 'what waits for a person is not taken'
);
select is(handoff.sweep_parked_events(), 0, 'and finds it once');
select handoff.apply_due_events();
select is_empty(
  'select e.event_key from handoff.partner_events as e where e.reason = e.event_key and e.event_key <> ''no_enrollment''', 'tried, none waits for the same thing again'
);

select * from finish();
rollback;
