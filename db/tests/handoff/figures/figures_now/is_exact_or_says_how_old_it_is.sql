begin;
select plan(13);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.enroll('cna') as johns, test.student() as john;
grant select on given to public;

select is(f -> 'cases' -> 'in_progress', '{"hsi": 1}', 'before a worker has counted') from handoff.figures_now() as f;
select is(test.follow_figures() > 0, true, 'a worker counts');
select is(f -> 'cases' -> 'in_progress', '{"hsi": 1}', 'and what it counted is shown') from handoff.figures_now() as f;
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', john) from given;
select test.as_dba();
select is(f -> 'cases', test.counted_figures(), 'with what has come since') from handoff.figures_now() as f;
select is(f ->> 'as_of', null, 'which is exact') from handoff.figures_now() as f;
select is(f -> 'advanced_today', '1', 'what moved on by itself today, too') from handoff.figures_now() as f;

select test.travel('1 hour');
select setval('handoff.step_transitions_id_seq', nextval('handoff.step_transitions_id_seq') + 100000);
select handoff.hold_enrollment(johns, 'on leave') from given;
select is((f ->> 'as_of')::timestamptz, '2026-03-02 12:00+00', 'too far behind, it says of what time it is') from handoff.figures_now() as f;
select is(f -> 'cases' -> 'in_progress', '{"hsi": 1}', 'and shows that time') from handoff.figures_now() as f;
select is(f -> 'advanced_today', '0', 'of all figures') from handoff.figures_now() as f;
select test.follow_figures();
select is(f ->> 'as_of', null, 'until a worker has followed') from handoff.figures_now() as f;
select is(f -> 'cases', test.counted_figures(), 'when it is exact again') from handoff.figures_now() as f;

delete from handoff.figures;
update handoff.trail_readers set position = 0, recount_from = 1 where name = 'figures';
select is(f -> 'cases', test.counted_figures(), 'where no worker has ever counted what was there before, it is counted') from handoff.figures_now() as f;
select is(f ->> 'as_of', null, 'which is exact') from handoff.figures_now() as f;
select * from finish();
rollback;
