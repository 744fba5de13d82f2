begin;
select plan(5);

select test.set_clock('2026-03-20 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('medical-assistant') as enrollment_id;
grant select on given to public;
create function pg_temp.days() returns text language sql as $$
  select string_agg(coalesce((s.completed_at at time zone 'UTC')::date::text, '-'), ' ') from handoff.student_steps() as s
$$;
create function pg_temp.day() returns date language sql as $$
  select (e.completed_at at time zone 'UTC')::date from handoff.student_enrollments() as e
$$;
select test.send('hsi', 'course.completed', john, '{"completed_at": "2026-03-19T13:00:00Z"}') from given;
select handoff.mark_step_complete(test.step(enrollment_id, 2)) from given;
select test.as_student(john) from given;
select is(pg_temp.days(), '2026-03-19 2026-03-20 -', 'the partner''s day, ours where it told none');
select is(pg_temp.day(), null, 'nothing has ended yet');
select test.as_dba();
select test.travel('7 days');
select test.send('careersafe', 'training.completed', john, '{"completed_at": "2026-03-28T01:00:00Z"}') from given;
select test.as_student(john) from given;
select is(pg_temp.days(), '2026-03-19 2026-03-20 2026-03-27', 'a partner''s time that is ahead is not after the end');
select test.as_dba();
select results_eq(
  'select (p ->> ''completed_at'')::date from handoff.certificates as c, jsonb_array_elements(c.partners) as p',
  $$values ('2026-03-19'::date), ('2026-03-20'), ('2026-03-27')$$, 'as on the certificate'
);
select test.as_student(john) from given;
select is(pg_temp.day(), '2026-03-27'::date, 'and so is the end of them all');

select * from finish();
rollback;
