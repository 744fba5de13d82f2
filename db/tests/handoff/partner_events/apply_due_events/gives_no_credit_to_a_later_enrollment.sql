begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john;
select is(test.send('hsi', 'course.finished', john), 'parked:unknown_event_type', 'an event that nobody understands') from given;
select test.travel('40 days');
create temporary table later as select test.enroll('cna') as enrollment_id;
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'course.finished', 'completion');
select is((tried, applied)::text, '(1,0)', 'is tried when it is understood') from handoff.apply_due_events();
select is((select e.status || ':' || e.reason from handoff.partner_events as e), 'parked:time_review', 'it is older than the enrollment');
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'and completes no step of it') from later;

select * from finish();
rollback;
