begin;
select plan(14);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
select test.send('hsi', 'enrollment.created', student_id, '{}', 'before') from given;

-- disabled: events are kept but not applied.
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'while'),
  'parked:partner_disabled', 'a completion of a disabled partner'
) from given;
select is(test.send('hsi', 'seat.sold', student_id), 'parked:partner_disabled', 'whatever it is') from given;
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "nobody"}'),
  'parked:partner_disabled', 'whomever it is about'
);
select is(test.deliver_raw('hsi', '{'), 'rejected:bad_json', 'what can''t be read is rejected all the same');
select is(
  test.send('hsi', 'enrollment.created', student_id, '{}', 'before'),
  'duplicate:accepted:acknowledged', 'a repeat is a duplicate'
) from given;
select is(
  test.send('hsi', 'course.completed', student_id, '{}', 'before'), 'conflict:key_reused', 'a reused key is a conflict'
) from given;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'nothing is applied') from given;
select is(
  test.send('certiport', 'exam.completed', student_id, '{"passed": true}'),
  'accepted:completed_early', 'other partners are unaffected'
) from given;
select is((select count(*) from handoff.partner_accounts), 0::bigint, 'no account is noted');

-- Enabled again, nothing applies by itself; a person replays.
update handoff.partners set status = 'active' where slug = 'hsi';
select is(
  test.steps(enrollment_id),
  'hsi:in_progress certiport:completed', 'wait for the corrected configuration, then replay_partner_event'
) from given;
select is(r.status || ':' || r.reason, 'accepted:completed', 'replayed')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'while';

-- retired: events are refused.
update handoff.partners set status = 'retired' where slug = 'hsi';
select throws_ok(
  $$select handoff.receive_partner_event('hsi', 'after', '{}')$$, 'TH410', null, 'partner_retired'
);
select throws_ok(
  $$select handoff.receive_partner_event('hsi', 'before', '{}')$$, 'TH410', null, 'a known key, too'
);
select is(
  (select count(*) from handoff.partner_events as e where e.event_key = 'after'), 0::bigint, 'nothing of it is stored'
);

select * from finish();
rollback;
