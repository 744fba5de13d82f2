begin;
select plan(13);

create temporary table given as
  select test.student() as john, test.admin() as ada, test.enroll('medical-assistant') as enrollment_id;
create function pg_temp.send(p_context jsonb, p_student text, p_key text default null, p_event text default 'course.completed')
returns text language sql as $$
  select r.status || ':' || r.reason
  from handoff.receive_partner_event(
    'hsi', coalesce(p_key, gen_random_uuid()::text),
    convert_to(json_build_object('event', p_event, 'student_id', p_student)::text, 'UTF8'), 'webhook', p_context
  ) as r
$$;

select is(pg_temp.send('{"secret": "a", "shared_with": ["milady"]}', john::text, 'first'), 'parked:unknown_student', 'our id names nobody') from given;
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending careersafe:pending', 'and moves nothing') from given;
select is(pg_temp.send('{"secret": "a", "shared_with": ["milady"]}', john::text, null, 'certificate.issued'), 'parked:unknown_student', 'nor does evidence') from given;
select is(r.status || ':' || r.reason, 'parked:unknown_student', 'a replay knows no more')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'first';
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, ''it is his'')', e.receipt, test.step(given.enrollment_id, 1)),
  'TH403', null, 'it can''t be assigned before the account is linked'
)
from given, handoff.partner_events as e where e.event_key = 'first';
update handoff.partner_events set body = null where event_key = 'first';
select is(r.status || ':' || r.reason, 'parked:unknown_student', 'nor when the body is dropped')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.event_key = 'first';

-- A disabled partner's event has no student either.
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(pg_temp.send('{"secret": "a", "shared_with": ["milady"]}', john::text, 'resting'), 'parked:partner_disabled', 'of a disabled partner') from given;
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, ''it is his'')', e.receipt, test.step(given.enrollment_id, 1)),
  'TH403', null, 'it can''t be assigned either'
)
from given, handoff.partner_events as e where e.event_key = 'resting';
update handoff.partners set status = 'active' where slug = 'hsi';

-- A linked account says who it is, whatever its text.
select is(handoff.link_partner_account('hsi', john::text, john), 2, 'linked as an account, what waited for it applies') from given;
select is(test.steps(enrollment_id), 'hsi:completed certiport:in_progress careersafe:pending', 'the step is completed') from given;

create temporary table jane as select test.student('jane@test.example') as jane, test.enroll('cna', 'jane@test.example') as enrollment_id;
select is(pg_temp.send('{"secret": "a"}', jane::text), 'accepted:completed', 'under an own secret our id is taken') from jane;
select is(
  handoff_private.plain_context('{"secret": "a", "shared_with": ["jri"], "file": "of Jane"}'), '{"secret": "a", "shared_with": ["jri"]}',
  'who shares the secret stays when a person is forgotten'
);
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
