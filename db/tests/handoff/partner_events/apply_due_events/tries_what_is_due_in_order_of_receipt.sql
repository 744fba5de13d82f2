begin;
select plan(14);

create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('cna') as enrollment_id,
    test.enroll('cna', 'jane@test.example') as other;
update handoff.partners set status = 'disabled' where slug in ('hsi', 'certiport');
-- A certificate of the step that the next event completes, an exam that was failed and then passed, and somebody else's.
select test.send('hsi', 'certificate.issued', john, p_key => 'a') from given;
select test.send('certiport', 'exam.completed', john, '{"passed": false}', 'b') from given;
select test.send('hsi', 'course.completed', jane, p_key => 'c') from given;
select test.send('certiport', 'exam.completed', john, '{"passed": true}', 'd') from given;
select test.send('hsi', 'course.completed', john, p_key => 'e') from given;
create function pg_temp.outcomes() returns text language sql as $$
  select string_agg(e.event_key || ' ' || e.reason || case when e.due_at is not null then ' due' else '' end, ', ' order by e.position)
  from handoff.partner_events as e
$$;

select is((tried, applied)::text, '(0,0)', 'nothing is due') from handoff.apply_due_events();
update handoff.partners set status = 'active' where slug in ('hsi', 'certiport');
select is(
  pg_temp.outcomes(), 'a partner_disabled due, b partner_disabled due, c partner_disabled due, d partner_disabled due, e partner_disabled due', 'all are due'
);
select is((tried, applied)::text, '(2,2)', 'a small batch') from handoff.apply_due_events(2);
select is(
  pg_temp.outcomes(), 'a evidence, b attempt_failed, c partner_disabled due, d partner_disabled due, e partner_disabled due',
  'the oldest first; what was tried is due no more'
);
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is((tried, applied)::text, '(3,1)', 'the next') from handoff.apply_due_events(100);
select is(
  pg_temp.outcomes(), 'a evidence, b attempt_failed, c partner_disabled, d completed_early, e partner_disabled',
  'what still can not be applied stays parked, and is due no more either'
);
update handoff.partners set status = 'active' where slug = 'hsi';
select is((tried, applied)::text, '(2,2)', 'until its reason is gone') from handoff.apply_due_events(100);
select is(test.steps(enrollment_id), 'hsi:completed certiport:completed', 'everything is applied') from given;
select is(test.status(enrollment_id), 'completed', 'the last event completes the enrollment') from given;
select is(test.steps(other), 'hsi:completed certiport:in_progress', 'and moves the other student on') from given;

-- What was settled by another way while it was due.
update handoff.partner_events set due_at = handoff.clock() where event_key = 'e';
select is((tried, applied)::text, '(1,0)', 'an applied event is not applied again') from handoff.apply_due_events();
select is((tried, applied)::text, '(0,0)', 'and is due no more') from handoff.apply_due_events();
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
select handoff.mark_events_due();
select is((tried, applied)::text, '(1,0)', 'an account that nobody knows holds nothing up') from handoff.apply_due_events();
select is_empty('select * from test.violations()', 'the books balance');

select * from finish();
rollback;
