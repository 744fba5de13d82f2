begin;
select plan(24);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create function pg_temp.body(p_event text, p_student text, p_more jsonb default '{}') returns bytea language sql as $$
  select convert_to((jsonb_build_object('event', p_event, 'student_id', p_student) || p_more)::text, 'UTF8')
$$;

-- One event of each status, delivered a first time.
create temporary table sent as
  select v.place, v.partner, v.key, v.body, r.*
  from given
  cross join lateral (values
    (1, 'hsi', 'accepted', pg_temp.body('course.completed', student_id::text)),
    (2, 'hsi', 'ignored', pg_temp.body('course.completed', student_id::text)),
    (3, 'hsi', 'parked', pg_temp.body('course.completed', 'nobody-yet')),
    (4, 'hsi', 'rejected', pg_temp.body('course.completed', student_id::text, '{"completed_at": "now"}'))
  ) as v (place, partner, key, body)
  cross join lateral handoff.receive_partner_event(v.partner, v.key, v.body) as r;
select is(status || ':' || reason, first, 'the first time: ' || key)
from sent
join (values (1, 'accepted:completed'), (2, 'ignored:already_completed'), (3, 'parked:unknown_student'), (4, 'rejected:bad_time'))
  as v (place, first) using (place);
create temporary table before as select test.picture(enrollment_id) as picture from given;

create temporary table repeated as
  select sent.key, r.*, sent.receipt as first_receipt, sent.status || ':' || sent.reason as first_outcome,
    (sent.enrollment_id, sent.step_id, sent.next_step_id)::text as first_ids
  from sent
  cross join lateral handoff.receive_partner_event(sent.partner, sent.key, sent.body) as r;
select is(status, 'duplicate', 'the second time is a duplicate: ' || key) from repeated;
select is(receipt, first_receipt, 'the first receipt: ' || key) from repeated;
select is(reason, first_outcome, 'and its first status:reason again: ' || key) from repeated;
select is((enrollment_id, step_id, next_step_id)::text, first_ids, 'about the same: ' || key) from repeated;
select is(test.picture(enrollment_id), before.picture, 'nothing changes a second time') from given, before;
select is((select count(*) from handoff.partner_events), 4::bigint, 'no second row is made');
select is((select array_agg(e.seen) from handoff.partner_events as e), array[2, 2, 2, 2], 'each was seen twice');

-- Applied since then, it is still answered as the first time.
select handoff.link_partner_account('hsi', 'nobody-yet', student_id) from given;
select is(
  test.deliver_raw('hsi', body, key), 'duplicate:parked:unknown_student', 'first_outcome stays what the sender was told'
) from sent where key = 'parked';

select * from finish();
rollback;
