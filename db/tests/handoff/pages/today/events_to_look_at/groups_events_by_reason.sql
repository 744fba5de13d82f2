begin;
select plan(8);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as johns;
grant select on given to public;
select handoff.hold_enrollment(johns, 'on leave') from given;
select test.send('certiport', 'exam.completed', john, '{"passed": true}') from given;
select test.send('hsi', 'no.such', john, '{}', 'oldest') from given;
select test.travel('1 hour');
select test.send('hsi', 'no.such', john) from given;
select test.deliver_raw('hsi', '{not json');
select test.deliver_raw('hsi', '{"event": "ping", "student_id": "x"}', 'same'), test.deliver_raw('hsi', '{"event": "ping", "student_id": "y"}', 'same');

select test.as_admin(ada) from given;
select results_eq(
  'select l.partner_slug, l.status, l.reason, l.events from handoff.events_to_look_at() as l order by 1, 2, 3',
  $$values ('hsi', 'conflict', 'key_reused', 1), ('hsi', 'parked', 'unknown_event_type', 3), ('hsi', 'rejected', 'bad_json', 1)$$,
  'by partner and reason; what waits for an enrollment to be resumed is not here'
);
select is(
  (select e.event_key from handoff.events_to_look_at() as l join handoff.partner_events as e on e.receipt = l.receipt where l.events = 3),
  'oldest', 'with the oldest of them'
);
select handoff.set_event_aside(e.receipt, 'nothing to do') from handoff.partner_events as e where e.reason = 'bad_json';
select is_empty($$select from handoff.events_to_look_at() as l where l.status = 'rejected'$$, 'what is set aside is done with');
select test.as_dba();
select test.travel('2 days');
select test.sweep();
select test.as_admin(ada) from given;
select handoff.snooze_alert(a.id, '2026-03-10', 'asked HSI') from handoff.alerts as a where a.about = 'conflict';
select is_empty($$select from handoff.events_to_look_at() as l where l.status = 'conflict'$$, 'a conflict is left alone');
select test.as_dba();
select test.set_clock('2026-03-10 00:00+00');
select test.as_admin(ada) from given;
select isnt_empty($$select from handoff.events_to_look_at() as l where l.status = 'conflict'$$, 'until its date');
select handoff.acknowledge_alert(a.id) from handoff.alerts as a where a.about = 'conflict';
select is_empty($$select from handoff.events_to_look_at() as l where l.status = 'conflict'$$, 'or known');
select test.as_admin(john) from given;
select is_empty('select from handoff.events_to_look_at()', 'an admin''s role with a student''s claims sees none');
select test.as_student(john) from given;
select throws_ok('select from handoff.events_to_look_at()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
