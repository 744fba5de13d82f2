begin;
select plan(19);

create temporary table given as select test.student() as student_id, test.enroll('medical-assistant') as enrollment_id;
create function pg_temp.send(p_partner text, p_event text, p_account text, p_more jsonb default '{}') returns text language sql as $$
  select test.send(p_partner, p_event, null, jsonb_build_object('student_id', p_account) || p_more)
$$;
select is(pg_temp.send('certiport', v.event, 'c-1', v.fields), 'parked:unknown_student', 'parked: ' || v.event || v.fields)
from (values
  ('exam.completed', '{"passed": false}'::jsonb), ('exam.completed', '{"passed": true, "enrollment_id": "C-1"}'),
  ('exam.completed', '{"passed": false, "x": 1}'), ('certification.issued', '{}')
) as v (event, fields);
select pg_temp.send('certiport', 'exam.completed', 'c-2', '{"passed": true}');
select pg_temp.send('hsi', 'course.completed', 'c-1');
select pg_temp.send('certiport', 'seat.sold', 'c-1');

select is(handoff.link_partner_account('certiport', 'c-1', student_id), 4, 'events applied') from given;
select is(
  (select string_agg(e.status || ':' || e.reason, ' ' order by e.position) from handoff.partner_events as e where e.partner_slug = 'certiport' and e.external_student_id = 'c-1'),
  'accepted:attempt_failed accepted:completed_early ignored:late_failure accepted:evidence parked:unknown_event_type',
  'in order of receipt, each with its own outcome'
);
select is(
  test.steps(enrollment_id), 'hsi:in_progress certiport:completed careersafe:pending', 'in the same transaction'
) from given;
select is(
  (select (s.failed_attempts, s.external_enrollment_id)::text from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 2)), '(1,C-1)', 'each left its trace'
) from given;
select is(
  (select string_agg(e.partner_slug || ' ' || e.external_student_id, ', ' order by e.position) from handoff.partner_events as e where e.reason = 'unknown_student'),
  'certiport c-2, hsi c-1', 'other accounts wait on, the same id of another partner, too'
);
select is(
  (select array_agg(distinct (t.cause, t.event_receipt is not null)::text) from handoff.step_transitions as t where t.to_status = 'completed'),
  array['(partner_event,t)'], 'the audit trail names the events'
);

-- Again, when another reason to wait has gone as well.
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('certiport', 'seat.sold', 'evidence');
create temporary table before as select test.picture(enrollment_id) as picture from given;
select is(
  handoff.link_partner_account('certiport', 'c-1', student_id), 0, 'linked again: nothing is left to apply'
) from given;
select is(test.picture(enrollment_id), before.picture, 'and nothing changes') from given, before;
select is(
  (select e.reason from handoff.partner_events as e where e.event_type = 'seat.sold'), 'unknown_event_type', 'the others wait for a person'
);
select is(
  (select (count(*), min(a.student_id::text) = given.student_id::text, bool_and(a.linked_at is not null))::text
   from handoff.partner_accounts as a where a.partner_slug = 'certiport' and a.external_student_id = 'c-1'),
  '(1,t,t)', 'one link'
) from given group by student_id;

-- From now on they apply at once; an account can be linked before its first event; a student can have two.
select is(pg_temp.send('certiport', 'certification.issued', 'c-1'), 'accepted:evidence', 'an event of a linked account');
select is(handoff.link_partner_account('careersafe', 'cs-1', student_id), 0, 'linked ahead') from given;
select is(pg_temp.send('careersafe', 'training.completed', 'cs-1'), 'accepted:completed_early', 'applies at once');
select is(
  handoff.link_partner_account('hsi', 'c-1', student_id) + handoff.link_partner_account('hsi', 'h-2', student_id),
  1, 'two accounts of one student'
) from given;
select is(test.status(enrollment_id), 'completed', 'the last event completes the enrollment') from given;

select * from finish();
rollback;
