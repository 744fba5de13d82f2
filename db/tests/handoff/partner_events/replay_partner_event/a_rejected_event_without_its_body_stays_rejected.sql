begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as cna;
select test.send('hsi', 'course.completed', john, '{"completed_at": "yesterday"}', 'c') from given;
select test.travel('31 days');
select is(handoff.drop_old_bodies('30 days'), 1, 'the body is dropped, and the time with it');
select is((select r.status || ':' || r.reason from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r), 'rejected:bad_time', 'what was wrong is as wrong');
select is((select e.refused_field from handoff.partner_events as e), 'completed_at', 'and is still named');
select is(test.steps(cna), 'hsi:in_progress certiport:pending', 'nothing is completed') from given;

select * from finish();
rollback;
