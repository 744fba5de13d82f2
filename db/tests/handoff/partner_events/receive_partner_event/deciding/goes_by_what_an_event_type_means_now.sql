begin;
select plan(3);

update handoff.partner_event_types set item_field = 'unit' where partner_slug = 'milady' and event_type = 'assessment.passed';
create temporary table given as select test.student() as student_id, test.enroll('barber-apprenticeship') as enrollment_id;
create function pg_temp.send() returns text language sql as $$
  select test.send('milady', 'assessment.passed', test.student(), '{"unit": "Final"}')
$$;
select is(pg_temp.send(), 'accepted:progress', 'one part');
update handoff.partner_event_types set meaning = 'completion' where partner_slug = 'milady' and event_type = 'assessment.passed';
select is(pg_temp.send(), 'accepted:completed', 'the same when it means a completion is no stale progress');
select is(test.steps(enrollment_id), 'milady:completed jri:in_progress', 'it completes the step') from given;

select * from finish();
rollback;
