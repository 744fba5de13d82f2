begin;
select plan(7);

-- The step is open, and the repeat may be of it. As a duplicate it would be lost.
create function pg_temp.send(p_student uuid) returns text language sql as $$
  select test.deliver_raw('jri', b.body, encode(sha256(b.body), 'hex'))
  from (select convert_to(jsonb_build_object('event', 'program.completed', 'student_id', p_student)::text, 'UTF8')) as b (body)
$$;
update handoff.programs set requires_approval = true where slug = 'recovery-coach';
create temporary table given as
  select v.what, test.student(v.what || '@test.example') as student_id, test.enroll('business-startup', v.what || '@test.example') as done
  from (values ('held'), ('awaiting'), ('twofold')) as v (what);

select is(pg_temp.send(student_id), 'accepted:completed', what || ', the first time') from given;
select handoff.hold_enrollment(handoff.enroll_student(student_id, 'tax-preparation'), 'a break') from given where what = 'held';
select handoff.enroll_student(student_id, 'recovery-coach') from given where what = 'awaiting';
select handoff.enroll_student(student_id, v.program)
from given, (values ('tax-preparation'), ('insurance-agent')) as v (program) where what = 'twofold';
select is(pg_temp.send(student_id), 'parked:possible_repeat', what || ', again') from given;

select handoff.resume_enrollment(e.id, 'back')
from given join handoff.enrollments as e on e.student_id = given.student_id and e.status = 'on_hold';
select is(
  (select count(*) from handoff.partner_events as e where e.reason = 'possible_repeat'), 3::bigint, 'only a person applies it'
);

select * from finish();
rollback;
