begin;
select plan(12);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create temporary table sent (key text, outcome text);
insert into sent values
  ('completed', 'accepted:completed'), ('evidence', 'accepted:evidence'), ('late', 'ignored:already_completed');
select test.send('hsi', 'course.completed', student_id, '{}', 'completed') from given;
select test.send('hsi', 'certificate.issued', student_id, '{}', 'evidence') from given;
select test.send('hsi', 'course.completed', student_id, '{}', 'late') from given;
create temporary table before as
  select test.picture(enrollment_id) as picture, (select jsonb_agg(to_jsonb(e) order by e.position) from handoff.partner_events as e) as events
  from given;

select is(r.status || ':' || r.reason, 'duplicate:' || sent.outcome, 'harmless on an applied one: ' || sent.key)
from sent join handoff.partner_events as e on e.event_key = sent.key cross join lateral handoff.replay_partner_event(e.receipt) as r;
select is((r.receipt, r.enrollment_id, r.step_id)::text, (e.receipt, e.enrollment_id, e.step_id)::text, 'and answered with its receipt: ' || e.event_key)
from handoff.partner_events as e cross join lateral handoff.replay_partner_event(e.receipt) as r;
select is(r.next_step_id, test.step(given.enrollment_id, 2), 'with the step that it started then')
from given, handoff.partner_events as e cross join lateral handoff.replay_partner_event(e.receipt) as r where e.event_key = 'completed';
select is(
  (test.picture(enrollment_id), (select jsonb_agg(to_jsonb(e) order by e.position) from handoff.partner_events as e))::text, (picture, events)::text,
  'nothing changes'
) from given, before;

-- What can't be replayed.
select throws_ok($$select handoff.replay_partner_event(gen_random_uuid())$$, 'TH404', null, 'an unknown receipt');
select throws_ok($$select handoff.replay_partner_event(null)$$, 'TH404', null, 'no receipt');
select test.deliver_raw('hsi', '{', 'dropped');
update handoff.partner_events set body = null;
select throws_ok(
  format('select handoff.replay_partner_event(%L)', e.receipt), 'TH409', null, 'a rejected event whose body was dropped, and of which nothing was read'
) from handoff.partner_events as e where e.event_key = 'dropped';
select is(r.status, 'duplicate', 'an applied one needs no body')
from handoff.partner_events as e cross join lateral handoff.replay_partner_event(e.receipt) as r where e.event_key = 'completed';

select * from finish();
rollback;
