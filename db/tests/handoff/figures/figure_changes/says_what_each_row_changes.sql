begin;
select plan(15);

-- The words of the last act, in the order of the trail.
create temporary table seen as select max(t.id) as id from handoff.step_transitions as t;
create function pg_temp.words() returns text language plpgsql as $$
declare
  v_words text;
begin
  select string_agg(t.tally, ', ' order by t.id) into v_words from handoff.step_transitions as t, seen as s where t.id > coalesce(s.id, 0);
  update seen set id = (select max(t.id) from handoff.step_transitions as t);
  return v_words;
end;
$$;

create temporary table given as
  select test.enroll() as johns, test.student() as john, test.enrollment_without_steps('cna', 'active', 'jane@test.example') as janes;
grant select on given to public;
select is(
  pg_temp.words(), 'medical-assistant:E1, hsi:P32, certiport:P, careersafe:P, hsi:pI4, cna:E1',
  'enrolled, activated, generated and started, each once; and one without steps'
);
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', john) from given;
select test.as_dba();
select is(pg_temp.words(), 'hsi:iC78, certiport:pI56T', 'an event: detected, and moved on without a person');
select handoff.mark_step_complete(test.step(johns, 2)) from given;
select is(pg_temp.words(), 'certiport:iC7, careersafe:pI5', 'a person: neither');
select handoff.hold_enrollment(johns, 'on leave') from given;
select is(pg_temp.words(), 'medical-assistant: careersafe:i', 'on hold, open steps do not count');
select handoff.resume_enrollment(johns, 'is back') from given;
select is(pg_temp.words(), 'medical-assistant: careersafe:I', 'resumed, they do');
select handoff.fail_step(test.step(johns, 3), 'cheated') from given;
select is(pg_temp.words(), 'careersafe:iF', 'failed');
select handoff.reopen_step(test.step(johns, 3), 'may try again') from given;
select is(pg_temp.words(), 'careersafe:fI5', 'started again by a person');
select handoff.mark_step_complete(test.step(johns, 3)) from given;
select is(pg_temp.words(), 'careersafe:iC7, medical-assistant:D5', 'completed by a person');
select handoff.reopen_step(test.step(johns, 3), 'a mistake') from given;
select is(pg_temp.words(), 'medical-assistant:d, careersafe:cI5', 'and open again; it was active before');
select handoff.withdraw_enrollment(johns, 'moved away') from given;
select is(pg_temp.words(), 'medical-assistant: careersafe:i', 'withdrawn');
update handoff.enrollment_steps as s set status = 'failed' from given as g where s.id = test.step(g.johns, 3);
select is(pg_temp.words(), 'careersafe:', 'what a DBA does there changes no figure');
select handoff.generate_enrollment_steps(janes) from given;
select is(pg_temp.words(), 'hsi:P32, certiport:P, hsi:pI4', 'steps that come later count as generated');

select results_eq(
  $$select c.figure, c.key, c.cases from handoff.figure_changes(0) as c where c.cases <> 0 and c.figure <> 'advanced' order by 1, 2$$,
  $$select c.figure, c.key, c.cases from handoff.count_figures() as c where c.figure <> 'advanced' order by 1, 2$$,
  'together they are what is counted'
);
select is_empty('select from handoff.figure_changes(0, 0)', 'up to an id');
alter table handoff.step_transitions disable trigger user;
update handoff.step_transitions set tally = null where to_status = 'withdrawn';
select results_eq(
  $$select c.key, c.cases from handoff.figure_changes(0) as c where c.figure = 'uncounted'$$, $$values ('', 1::bigint)$$,
  'rows that do not say it are counted apart'
);

select * from finish();
rollback;
