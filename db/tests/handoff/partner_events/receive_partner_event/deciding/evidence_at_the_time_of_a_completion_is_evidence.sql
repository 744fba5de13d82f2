begin;
select plan(3);

-- The second identity of a completion is not one of what comes along with it.
create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create function pg_temp.send(p_event text) returns text language sql as $$
  select test.send('hsi', p_event, test.student(), jsonb_build_object(
    'completed_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  ))
$$;
select is(pg_temp.send('course.completed'), 'accepted:completed', 'a completion');
select is(pg_temp.send('certificate.issued'), 'accepted:evidence', 'the certificate with the same completed_at is evidence');
select is(pg_temp.send('course.completed'), 'ignored:already_completed', 'and only the completion is one again');

select * from finish();
rollback;
