begin;
select plan(18);

-- A student whom HSI and Milady know by the same number, in a program of each.
select test.set_clock('2026-03-02 09:00+00');
create temporary table given as select test.student() as john;
insert into handoff.programs (slug, name, category) values ('safety', 'Safety', 'Test'), ('beauty', 'Beauty', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order) values ('safety', 'hsi', 1), ('beauty', 'milady', 1);
select handoff.link_partner_account(p.slug, 's-1', john) from given, handoff.partners as p where p.slug in ('hsi', 'milady');
create function pg_temp.enroll(p_program text) returns uuid language sql as $$
  select handoff.enroll_student(test.student(), p_program, true)
$$;
create function pg_temp.deliver(p_partner text, p_key text, p_time text, p_context jsonb) returns handoff.event_receipt language sql as $$
  select r
  from handoff.receive_partner_event(
    p_partner, p_key, convert_to(json_build_object('event', 'course.completed', 'student_id', 's-1', 'completed_at', p_time)::text, 'UTF8'),
    'webhook', '{"secret": "a"}' || p_context
  ) as r
$$;
create function pg_temp.to_hsi(p_key text, p_time text) returns text language sql as $$
  select r.status || ':' || r.reason from pg_temp.deliver('hsi', p_key, p_time, '{"shared_with": ["jri", "milady"]}') as r
$$;
create function pg_temp.to_milady(p_key text, p_time text, p_shared_with jsonb default '["hsi", "jri"]') returns text language sql as $$
  select r.status || ':' || r.reason from pg_temp.deliver('milady', p_key, p_time, jsonb_build_object('shared_with', p_shared_with)) as r
$$;
create function pg_temp.outcome(p_partner text, p_key text) returns text language sql as $$
  select e.status || ':' || e.reason from handoff.partner_events as e where (e.partner_slug, e.event_key) = (p_partner, p_key)
$$;

-- What came to one stands, and its copy at the other waits for a person.
create temporary table first as select pg_temp.enroll('safety') as safety, pg_temp.enroll('beauty') as beauty;
select is(pg_temp.to_hsi('one', '2026-03-02T09:10:00Z'), 'accepted:completed', 'a delivery to HSI');
select is(pg_temp.to_milady('one', '2026-03-02T09:10:00Z'), 'parked:possible_repeat', 'the same to Milady');
select is(pg_temp.to_milady('two', '2026-03-02T09:10:00Z'), 'parked:possible_repeat', 'the same bytes under another key');
select is(test.steps(beauty), 'milady:in_progress', 'complete nothing') from first;
select is(pg_temp.to_milady('two', '2026-03-02T09:10:00Z'), 'duplicate:parked:possible_repeat', 'a retry asks nobody again');
select is(r.status || ':' || r.reason, 'parked:possible_repeat', 'a replay decides no other')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where (e.partner_slug, e.event_key) = ('milady', 'two');
select is(pg_temp.to_milady('other', '2026-03-02T09:11:00Z', '["jri"]'), 'accepted:completed', 'other bytes complete the step');

-- It is asked of those who share the secret, and of no other.
select pg_temp.enroll('safety'), pg_temp.enroll('beauty');
select is(pg_temp.to_hsi('three', '2026-03-02T12:00:00Z'), 'accepted:completed', 'a second completion');
select is(pg_temp.to_milady('three', '2026-03-02T12:00:00Z', '["jri"]'), 'accepted:completed', 'HSI has another secret');

-- What came before the context told who shares, is found by its key.
select pg_temp.enroll('safety'), pg_temp.enroll('beauty');
update handoff.partner_events set context = '{"secret": "a"}' where (partner_slug, event_key) = ('hsi', 'three');
select is(pg_temp.to_milady('three', '2026-03-02T12:00:00Z'), 'duplicate:accepted:completed', 'its own key is asked first');
select is((pg_temp.deliver('hsi', 'four', '2026-03-02T15:00:00Z', '{}')).reason, 'completed', 'a delivery whose context does not tell');
select is(pg_temp.to_milady('four', '2026-03-02T15:00:00Z'), 'parked:possible_repeat', 'is the same delivery');

-- Of two that wait the first goes on, unless a person has let the second count.
create function pg_temp.hold() returns text language sql as $$
  select handoff.hold_enrollment(pg_temp.enroll('safety'), 'a pause')
$$;
create function pg_temp.resume() returns text language sql as $$
  select handoff.resume_enrollment(e.id, 'on again') from handoff.enrollments as e where e.status = 'on_hold'
$$;
select pg_temp.hold();
select is(pg_temp.to_hsi('five', '2026-03-02T18:00:00Z'), 'parked:on_hold', 'what waits');
select is(pg_temp.to_milady('five', '2026-03-02T18:00:00Z'), 'parked:possible_repeat', 'has a copy, too');
select pg_temp.resume();
select is(pg_temp.outcome('hsi', 'five'), 'accepted:completed', 'what came first applies');
select pg_temp.hold();
select pg_temp.to_hsi('six', '2026-03-02T18:05:00Z'), pg_temp.to_milady('six', '2026-03-02T18:05:00Z');
select is((handoff.assign_partner_event(e.receipt, s.id, 'both were done')).reason, 'completed', 'a person assigns the copy')
from handoff.partner_events as e
join handoff.enrollment_steps as s on s.partner_slug = 'milady' and s.status = 'in_progress'
where (e.partner_slug, e.event_key) = ('milady', 'six');
select pg_temp.resume();
select is(pg_temp.outcome('hsi', 'six'), 'parked:possible_repeat', 'and of what came first a person is asked as well');
select is_empty('select * from test.violations()', 'the books are right');

select * from finish();
rollback;
