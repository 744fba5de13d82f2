begin;
select plan(7);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
select is(test.send('hsi', 'skill.verified', student_id), 'parked:unknown_event_type', 'a type without a row') from given;
select is(
  test.send('hsi', 'Course.Completed', student_id), 'parked:unknown_event_type', 'a type is known by its exact name'
) from given;
select is(
  test.send('hsi', 'skill.verified', null, '{"student_id": "nobody-yet"}'), 'parked:unknown_event_type', 'whoever it is about'
);
select is((select count(*) from handoff.partner_accounts), 0::bigint, 'as long as it means nothing, no account is noted');
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'nothing changes') from given;
select is(
  (select string_agg(e.event_type, ' ' order by e.position) from handoff.partner_events as e),
  'skill.verified Course.Completed skill.verified', 'it is kept with its type, for an admin to add'
);
select is(
  (select (e.external_student_id, e.student_id)::text from handoff.partner_events as e where e.external_student_id = 'nobody-yet'),
  '(nobody-yet,)', 'and with whom it is about'
);

select * from finish();
rollback;
