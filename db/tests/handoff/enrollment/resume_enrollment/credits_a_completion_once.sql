begin;
select plan(9);

select test.set_clock('2026-11-26 12:00:00+00');
-- Two enrollments, one completion: first of the one, then, while that is withdrawn, of the other.
create function pg_temp.replay(p_key text) returns text language sql as $$
  select r.status || ':' || r.reason from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = p_key
$$;
create temporary table given as select test.student() as john, test.enroll('medical-assistant') as first;
select test.send('hsi', 'course.completed', john, '{"course_id": "cpr"}', 'c') from given;
select handoff.withdraw_enrollment(first, 'left') from given;
create temporary table other as select test.enroll('cna') as second;
select is(pg_temp.replay('c'), 'accepted:completed', 'its completion counts for another enrollment');
select handoff.withdraw_enrollment(second, 'left') from other;
select is(handoff.resume_enrollment(first, 'back'), 'active', 'both were withdrawn: the first can come back') from given;
select throws_ok(format('select handoff.resume_enrollment(%L, %L)', second, 'back'), 'TH409', null, 'the second can''t, for its completion counts in the first') from other;
select is_empty('select * from test.violations()', 'the books are right');

-- An admin has credited it to both, and both counted: each can leave and come back.
create temporary table jane as
select test.student('jane@test.example') as jane, test.enroll('medical-assistant', 'jane@test.example') as first, test.enroll('cna', 'jane@test.example') as second;
select test.send('hsi', 'course.completed', jane, '{}', 'janes') from jane;
select handoff.assign_partner_event(e.receipt, test.step(n.id, 1), 'one training')
from jane cross join lateral (values (first), (second)) as n (id) join handoff.partner_events as e on e.event_key = 'janes';
select handoff.withdraw_enrollment(first, 'left') from jane;
select is(handoff.resume_enrollment(first, 'back'), 'active', 'a credit by hand that stood before does not stop it') from jane;

-- Two people who are one, each with the completion.
create temporary table twins as
select
  test.student('tim@test.example') as tim, test.student('tom@test.example') as tom,
  test.enroll('cna', 'tim@test.example') as tims, test.enroll('emt', 'tom@test.example') as toms;
select test.send('hsi', 'course.completed', v.id, '{"course_id": "cpr", "completed_at": "2026-11-26T10:00:00Z"}', v.key)
from twins cross join lateral (values (tim, 'tims'), (tom, 'toms')) as v (id, key);
select handoff.withdraw_enrollment(tims, 'left') from twins;
select handoff.merge_profiles(tim, tom, 'entered twice') from twins;
select throws_ok(format('select handoff.resume_enrollment(%L, %L)', tims, 'back'), 'TH409', null, 'it was another''s when it counted') from twins;

create temporary table pair as
select
  test.student('ann@test.example') as ann, test.student('anna@test.example') as anna,
  test.enroll('cna', 'ann@test.example') as anns, test.enroll('emt', 'anna@test.example') as annas;
select test.send('hsi', 'course.completed', v.id, '{"course_id": "cpr", "completed_at": "2026-11-26T10:00:00Z"}', v.key)
from pair cross join lateral (values (ann, 'anns'), (anna, 'annas')) as v (id, key);
select handoff.merge_profiles(ann, anna, 'entered twice') from pair;
select is_empty('select * from test.violations()', 'who counted for two people before they were one counts twice, and the books know');
select handoff.withdraw_enrollment(anns, 'left') from pair;
select is(handoff.resume_enrollment(anns, 'back'), 'active', 'which stood before the withdrawal') from pair;
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
