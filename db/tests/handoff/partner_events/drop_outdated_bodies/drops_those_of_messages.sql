begin;
select plan(6);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as
select test.enroll('cna', m.email) as id from (values ('a@test.example'), ('b@test.example'), ('c@test.example'), ('d@test.example')) as m (email);
select test.follow_trail();
create temporary table message as select c.* from handoff.claim_messages(9, 9, '1000 days') as c;
select handoff.begin_sending(m.message_id, m.lease_token) from message as m;
select handoff.settle_message(m.message_id, m.lease_token, t.result)
from (select s.*, row_number() over (order by s.key) as place from message as s) as m
join (values (1, 'sent'), (2, 'refused')) as t (place, result) on t.place = m.place;
update handoff.outbox as o
set status = 'cancelled', settled_at = handoff.clock(), due_at = null, detail = 'x', lease_token = null, lease_until = null
from (select s.*, row_number() over (order by s.key) as place from message as s) as m
where m.place = 3 and o.message_id = m.message_id;
create function pg_temp.bodies() returns text language sql as $$
  select string_agg(o.status, ' ' order by o.status) from handoff.outbox as o where o.body is not null
$$;
select is(pg_temp.bodies(), 'cancelled dead sending sent', 'four bodies');
select test.travel('30 days');
select is(handoff.drop_outdated_bodies(), 0, 'none is dropped where the school has set no age');
update handoff.school set done_bodies_days = 30;
select is(handoff.drop_outdated_bodies(), 0, 'what is not older stays');
select test.travel('1 second');
select is(handoff.drop_outdated_bodies(2), 2, 'no more than was asked for');
select is(handoff.drop_outdated_bodies(), 1, 'the rest');
select is(pg_temp.bodies(), 'sending', 'what is under way keeps its body');

select * from finish();
rollback;
