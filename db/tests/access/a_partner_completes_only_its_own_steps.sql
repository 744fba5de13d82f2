begin;
select plan(13);

-- John is at hsi, then certiport, then careersafe; Jane the same.
create temporary table given as
select
  test.student('john@test.example') as john,
  test.student('jane@test.example') as jane,
  test.enroll('medical-assistant', 'john@test.example') as johns,
  test.enroll('medical-assistant', 'jane@test.example') as janes;
select test.send('certiport', 'enrollment.created', john, '{"enrollment_id": "CERT-1"}') from given;
select test.send('hsi', 'enrollment.created', jane, '{"enrollment_id": "HSI-JANE"}') from given;
grant select on given to public;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(johns, 2)), 'CERT-1',
  'certiport told its own enrollment id'
) from given;

select test.act('handoff_webhook');

-- Its own payload, word for word, sent by another partner, in whose name the secret was checked.
select is(
  test.send('careersafe', 'exam.completed', john, '{"passed": true}'), 'parked:unknown_event_type',
  'another partner''s event is not known'
)
from given;
select is(
  test.send('jri', 'program.completed', john), 'parked:no_enrollment', 'a partner without a step completes nothing'
) from given;
select is(
  test.send('careersafe', 'training.completed', john, jsonb_build_object('enrollment_id', 'CERT-1')), 'accepted:completed_early',
  'a partner that names another partner''s enrollment id completes its own step'
) from given;

select test.as_dba();
select is(
  test.steps(johns), 'hsi:in_progress certiport:pending careersafe:completed', 'certiport''s step is as it was'
) from given;
select is(test.steps(janes), 'hsi:in_progress certiport:pending careersafe:pending', 'and Jane''s are') from given;

create temporary table ids as
  select test.step(johns, 2) as certiports, test.step(janes, 1) as janes_first from given;
grant select on ids to public;
select test.act('handoff_webhook');
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('enrollment_id', janes_first)), 'parked:ambiguous',
  'our step id of another student''s step completes nothing'
) from given, ids;
select is(
  test.send('hsi', 'course.completed', john, jsonb_build_object('enrollment_id', certiports)), 'parked:ambiguous',
  'nor does our step id of another partner''s step'
) from given, ids;

select test.as_dba();
select is(
  test.steps(johns), 'hsi:in_progress certiport:pending careersafe:completed', 'John''s steps are as they were'
) from given;
select is(test.steps(janes), 'hsi:in_progress certiport:pending careersafe:pending', 'and Jane''s') from given;

-- An admin's word is checked in the same way.
create temporary table parked as
  select e.receipt from handoff.partner_events as e, given
  where e.partner_slug = 'hsi' and e.reason = 'ambiguous' order by e.position limit 1;
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, %L)', receipt, certiports, 'why'), 'TH403', null,
  'an event is not assigned to another partner''s step'
) from parked, ids;
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, %L)', receipt, janes_first, 'why'), 'TH403', null,
  'nor to another student''s'
) from parked, ids;
select is(test.steps(janes), 'hsi:in_progress certiport:pending careersafe:pending', 'Jane''s are as they were') from given;

select * from finish();
rollback;
