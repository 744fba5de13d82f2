begin;
select plan(3);

select test.set_clock('2026-01-01 12:00:00+00');
create temporary table given as
  select s.status, test.enrollment_in(s.status) as enrollment_id
  from (values ('pending'), ('active'), ('on_hold'), ('completed'), ('withdrawn')) as s (status);
select test.set_clock('2026-03-01 12:00:00+00');

select results_eq(
  'select g.status from handoff.stuck_students() as s join given as g using (enrollment_id)', $$values ('active')$$,
  'active enrollments only: on_hold, withdrawn, pending and completed are left out'
);
select handoff.resume_enrollment(enrollment_id, 'is back') from given where status = 'on_hold';
select results_eq(
  'select g.status from handoff.stuck_students() as s join given as g using (enrollment_id)', $$values ('active')$$,
  'the days on hold do not count'
);
select test.travel('7 days 1 second');
select set_eq(
  'select g.status from handoff.stuck_students() as s join given as g using (enrollment_id)', array['active', 'on_hold'], 'a resumed one is in when its own days are over'
);

select * from finish();
rollback;
