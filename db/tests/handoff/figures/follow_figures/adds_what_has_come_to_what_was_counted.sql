begin;
select plan(12);
create temporary table given as select test.enroll('cna') as johns;
select is(handoff.follow_figures(1, null), 0, 'without a mark nothing is followed');
select is(handoff.follow_figures(1, '9000000000'), null, 'what is not decided is not either');
select is(test.follow_figures() > 0, true, 'the trail has something');
select results_eq(
  'select f.figure, f.key, f.cases from handoff.figures as f order by 1, 2',
  'select c.figure collate "C", c.key collate "C", c.cases from handoff.count_figures() as c order by 1, 2', 'which is what is counted'
);
select is(coalesce(test.follow_figures(), 0), 0, 'there is no more');
select handoff.hold_enrollment(johns, 'on leave') from given;
select is(handoff.follow_figures(m.last_id, '3', 0), 0, 'as much at a time as is asked for') from handoff.mark_trail() as m;
select test.follow_figures();
select is(handoff.figures_now() -> 'cases', test.counted_figures(), 'what counts no more is taken off');
select is_empty('select v.detail from test.violations() as v', 'and the books balance');

alter table handoff.step_transitions disable trigger user;
select handoff.resume_enrollment(johns, 'is back') from given;
update handoff.step_transitions set tally = null where id = (select max(t.id) from handoff.step_transitions as t);
select is(handoff.figures_now() ->> 'as_of' is not null, true, 'a row of before the figures does not say what it changes');
select is(test.follow_figures() > 0, true, 'then all is counted anew');
select is(handoff.figures_now() -> 'cases', test.counted_figures(), 'and exact');
select is(handoff.figures_now() ->> 'as_of', null, 'without a time');
select * from finish();
rollback;
