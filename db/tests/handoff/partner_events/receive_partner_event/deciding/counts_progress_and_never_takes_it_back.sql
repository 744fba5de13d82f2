begin;
select plan(24);

create temporary table given as select test.enroll('administrative-assistant') as enrollment_id, test.student() as student_id;
create function pg_temp.badge(p_number integer) returns text language sql as $$
  select test.send('jri', 'module.completed', test.student(), jsonb_build_object('module_id', 'badge-' || p_number))
$$;
create function pg_temp.badges() returns integer language sql as $$
  select s.progress_count from handoff.enrollment_steps as s join pg_temp.given as g on g.enrollment_id = s.enrollment_id where s.partner_slug = 'jri'
$$;

select is(pg_temp.badge(n), 'accepted:progress', 'progress, one badge of six: ' || n) from generate_series(1, 5) as n;
select is(pg_temp.badge(3), 'ignored:stale_progress', 'a badge that was reported before is stale_progress');
select is(pg_temp.badge(1), 'ignored:stale_progress', 'progress does not go backwards');
select is(pg_temp.badges(), 5, 'a badge counts once');
select is(pg_temp.badge(6), 'accepted:progress', 'the sixth');
select is(test.steps(enrollment_id), 'jri:in_progress certiport:pending', 'never completes') from given;
select is(pg_temp.badges(), 6, 'six of six');

select is(
  test.send('jri', 'program.completed', student_id), 'accepted:completed', 'program.completed completes the step'
) from given;
select is(pg_temp.badge(6), 'ignored:stale_progress', 'progress after the completion is stale_progress');
select is(pg_temp.badge(7), 'ignored:stale_progress', 'of a new part, too');
select is(pg_temp.badges(), 6, 'and is not counted');
select is(test.steps(enrollment_id), 'jri:completed certiport:in_progress', 'nothing goes backwards') from given;

-- A part that has no name can't be known again.
create temporary table milady as select test.enroll('barber-apprenticeship', 'jane@test.example') as enrollment_id, test.student('jane@test.example') as student_id;
select is(test.send('milady', 'assessment.passed', student_id), 'accepted:progress', 'a part without a name') from milady;
select is(test.send('milady', 'assessment.passed', student_id), 'accepted:progress', 'is progress each time') from milady;
select is(test.steps(enrollment_id), 'milady:in_progress jri:pending', 'and never completes') from milady;

-- Before its turn, and on a skipped step.
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'),
  'accepted:progress', 'progress of a pending step'
) from milady;
select is(test.steps(enrollment_id), 'milady:in_progress jri:pending', 'does not start it') from milady;
select handoff.skip_step(test.step(enrollment_id, 2), 'done elsewhere') from milady;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-2"}'),
  'ignored:stale_progress', 'progress of a skipped step is stale_progress'
) from milady;

-- What was a part is, since a DBA corrected its meaning, the whole.
create temporary table sam as select test.enroll('barber-apprenticeship', 'sam@test.example') as enrollment_id, test.student('sam@test.example') as student_id;
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}'), 'accepted:progress', 'a part'
) from sam;
update handoff.partner_event_types set meaning = 'completion', progress_total = null where event_type = 'module.completed';
select is(
  test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1", "again": true}'), 'accepted:completed_early',
  'completes the step, though it was reported before'
) from sam;

select * from finish();
rollback;
