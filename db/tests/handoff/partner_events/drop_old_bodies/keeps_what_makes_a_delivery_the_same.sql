begin;
select plan(17);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as enrollment_id;
create function pg_temp.with_body() returns text language sql as $$
  select string_agg(e.event_key, ' ' order by e.position) from handoff.partner_events as e where e.body is not null
$$;
select test.send('hsi', 'course.completed', john, p_key => 'accepted') from given;
select test.send('hsi', 'course.completed', john, '{"x": 1}', 'ignored') from given;
select test.deliver_raw('hsi', '{', 'rejected');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'parked');
select test.send('hsi', 'certificate.issued', john, p_key => 'accepted') from given;
select test.send('hsi', 'certificate.issued', john, p_key => 'parked') from given;
select test.travel('60 days');
select test.send('hsi', 'certificate.issued', john, p_key => 'new') from given;

select throws_ok(format('select handoff.drop_old_bodies(%L)', p.period), 'TH400', null, p.what)
from (values ('29 days 23:59:59', 'a period of less than 30 days'), ('-1 year', 'none at all'), (null, 'no period')) as p (period, what);
select is(handoff.drop_old_bodies('60 days 00:00:01'), 0, 'nothing is older');
select test.travel('1 second');
select is(handoff.drop_old_bodies('60 days', 2), 2, 'no more than asked for');
select is(handoff.drop_old_bodies('60 days'), 2, 'then the rest, with the other body of a conflict');
select is(handoff.drop_old_bodies('60 days'), 0, 'once');
select is(pg_temp.with_body(), 'parked new', 'what is parked keeps its body');
select is(
  (select string_agg((c.body is null)::text, ' ' order by e.position) from handoff.partner_event_conflicts as c join handoff.partner_events as e using (receipt)),
  'true false', 'and the other body of a parked event, too'
);

-- Key, hash and outcome are there.
select is(test.send('hsi', 'course.completed', john, p_key => 'accepted'), 'duplicate:accepted:completed', 'the same delivery is a duplicate') from given;
select is(test.send('hsi', 'course.completed', john, '{"x": 2}', 'accepted'), 'conflict:key_reused', 'another body is a conflict') from given;
select is(test.send('hsi', 'certificate.issued', john, p_key => 'accepted'), 'conflict:key_reused', 'the other body is the same conflict') from given;
select is(
  (select count(*) from handoff.partner_event_conflicts as c join handoff.partner_events as e using (receipt) where e.event_key = 'accepted'), 2::bigint, 'of which there is one'
);
select is(test.deliver_raw('hsi', '{', 'rejected'), 'duplicate:rejected:bad_json', 'a rejected one, too');
select is(handoff.link_partner_account('hsi', 'h-1', john), 1, 'what was parked can still be applied') from given;
select is(handoff.drop_old_bodies('60 days'), 2, 'and is done then');
select is_empty('select * from test.violations()', 'the books balance');

select * from finish();
rollback;
