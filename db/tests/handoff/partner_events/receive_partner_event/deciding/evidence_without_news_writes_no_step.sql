begin;
select plan(3);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create function pg_temp.place() returns tid language sql as $$
  select s.ctid from handoff.enrollment_steps as s join pg_temp.given as g on s.id = test.step(g.enrollment_id, 1)
$$;
select test.send('hsi', 'enrollment.created', student_id, '{"enrollment_id": "HSI-77"}') from given;
create temporary table before as select pg_temp.place() as place;

select is(test.send('hsi', 'certificate.issued', student_id), 'accepted:evidence', 'evidence without a reference') from given;
select is(
  test.send('hsi', 'certificate.issued', student_id, '{"enrollment_id": "HSI-77"}'), 'accepted:evidence', 'and with a known one'
) from given;
select is(pg_temp.place(), place, 'the row of the step is not written again') from before;

select * from finish();
rollback;
