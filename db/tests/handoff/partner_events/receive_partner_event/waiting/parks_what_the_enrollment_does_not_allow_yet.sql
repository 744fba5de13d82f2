begin;
select plan(26);

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select v.what, test.enroll(v.program, v.what || '@test.example') as enrollment_id, test.student(v.what || '@test.example') as student_id
  from (values ('held', 'cna'), ('awaiting', 'emt'), ('withdrawn', 'cna')) as v (what, program);
select test.send('hsi', 'course.completed', student_id) from given where what in ('held', 'withdrawn');
select handoff.hold_enrollment(enrollment_id, 'a break') from given where what = 'held';
select handoff.withdraw_enrollment(enrollment_id, 'left') from given where what = 'withdrawn';
create temporary table before as select what, test.picture(enrollment_id) as picture from given;

-- Whatever it is, it waits.
create temporary table event (name text, fields jsonb);
insert into event values
  ('exam.completed', '{"passed": true, "enrollment_id": "C-1"}'), ('exam.completed', '{"passed": false}'),
  ('certification.issued', '{"enrollment_id": "C-1"}'), ('enrollment.created', '{"enrollment_id": "C-1"}');
select is(test.send('certiport', e.name, g.student_id, e.fields), v.outcome, format('%s: %s %s', v.what, e.name, e.fields))
from (values ('held', 'parked:on_hold'), ('awaiting', 'parked:awaiting_approval'), ('withdrawn', 'parked:withdrawn')) as v (what, outcome)
join given as g on g.what = v.what
cross join event as e;

-- What was done before is done: nobody has to look at a retry of it.
select is(test.send('hsi', 'course.completed', g.student_id), 'ignored:already_completed', g.what || ': a completion of a completed step')
from given as g where g.what in ('held', 'withdrawn');
select is(test.send('hsi', 'certificate.issued', g.student_id, jsonb_build_object('enrollment_id', 'hsi-' || g.what)), 'accepted:evidence', g.what || ': evidence of a completed step')
from given as g where g.what in ('held', 'withdrawn');
select is(test.send('hsi', 'course.completed', student_id), 'parked:awaiting_approval', 'awaiting: no step is completed there yet')
from given where what = 'awaiting';

select is(test.picture(enrollment_id), before.picture, 'withdrawn: keeps its steps as they are') from given join before using (what) where what = 'withdrawn';
select is(test.picture(enrollment_id), before.picture, 'awaiting: nothing is made before the approval') from given join before using (what) where what = 'awaiting';
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress', 'held: the step in progress stays') from given where what = 'held';
select is(
  (select count(*) from handoff.partner_events as e where e.enrollment_id = given.enrollment_id and e.status = 'parked'), v.parked,
  what || ': each parked event is kept with its enrollment'
)
from given join (values ('awaiting', 5::bigint), ('held', 4), ('withdrawn', 4)) as v (what, parked) using (what);

-- Nothing applies by itself to who has left; a new enrollment goes before the old one.
select handoff.enroll_student(student_id, 'cna') from given where what = 'withdrawn';
select is(test.send('hsi', 'course.completed', student_id), 'accepted:completed', 'enrolled again: the open enrollment goes before the withdrawn one')
from given where what = 'withdrawn';
select is(
  (select count(*) from handoff.partner_events as e where e.reason = 'withdrawn'), 4::bigint, 'what was parked for the old one stays parked'
);
select is(
  test.send('certiport', 'exam.completed', student_id, jsonb_build_object('passed', true, 'enrollment_id', test.step(enrollment_id, 2))),
  'parked:withdrawn', 'what names the withdrawn enrollment is for that one'
) from given where what = 'withdrawn';

select * from finish();
rollback;
