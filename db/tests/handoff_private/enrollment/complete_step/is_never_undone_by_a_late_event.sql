begin;
select plan(8);

create temporary table given as
  select test.enroll('bookkeeping') as enrollment_id, test.student() as john, test.enroll('cpr-first-aid', 'jane@test.example') as cpr,
    test.student('jane@test.example') as jane;
select test.send('jri', 'program.completed', john), test.send('hsi', 'course.completed', jane) from given;
create temporary table before as select test.picture(enrollment_id) as picture, test.picture(cpr) as cpr from given;

select is(test.send('hsi', 'enrollment.created', jane), 'accepted:acknowledged', 'a late enrollment.created is acknowledged') from given;
select is(test.status(cpr), 'completed', 'and a finished enrollment stays finished') from given;
select is(test.picture(given.cpr), before.cpr, 'in every column') from given, before;
select is(test.send('jri', 'module.completed', john, '{"module_id": "mindsets"}'), 'ignored:stale_progress', 'late progress is ignored') from given;
select is(test.picture(enrollment_id), picture, 'and nothing changes') from given, before;

select is(
  test.send('certiport', 'exam.completed', john, '{"passed": false, "score": 0}', 'zero'), 'accepted:attempt_failed', 'a score of 0 is a score'
) from given;
select is((select e.result from handoff.partner_events as e where e.event_key = 'zero'), '0', 'and is kept as 0');
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": "yes"}'), 'rejected:bad_field', 'a word is no pass'
) from given;

select * from finish();
rollback;
