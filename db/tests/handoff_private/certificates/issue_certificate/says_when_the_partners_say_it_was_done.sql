begin;
select plan(6);

-- Certiport is ahead of us, and its event came a week late; CareerSafe tells no time.
update handoff.school set name = 'Our School', time_zone = 'America/New_York', signatory = 'Ann Lee';
create temporary table given as select test.student() as john;
select test.set_clock('2026-11-05 09:00:00+00');
create temporary table done as select test.enroll('medical-assistant') as enrollment_id;
select test.set_clock('2026-11-27 15:00:00+00');
select is(test.send('hsi', 'course.completed', john, '{"completed_at": "2026-11-13T19:53:00-05:00"}'), 'accepted:completed', 'HSI') from given;
select is(
  test.send('certiport', 'exam.completed', john, '{"passed": true, "completed_at": "2026-11-27T20:00:00Z"}'), 'accepted:completed', 'Certiport'
) from given;
select is(t.completed_at, '2026-11-27 15:00:00+00'::timestamptz, 'never after the issue')
from done, handoff_private.completed_training(enrollment_id, '2026-11-27 15:00:00+00') as t;
select test.set_clock('2026-11-20 15:00:00+00');
select is(test.send('careersafe', 'training.completed', john), 'accepted:completed', 'CareerSafe') from given;
select results_eq(
  'select c.completed_at <= c.issued_at, c.time_zone, c.school_name, c.signatory from handoff.certificates as c join done using (enrollment_id)',
  $$values (true, 'America/New_York', 'Our School', 'Ann Lee')$$,
  'with the school''s name and zone of the day'
);
select is(
  (select c.partners -> 0 from handoff.certificates as c join done using (enrollment_id)),
  '{"partner": "Health & Safety Institute", "completed_at": "2026-11-14T00:53:00+00:00"}', 'HSI''s own time'
);

select * from finish();
rollback;
