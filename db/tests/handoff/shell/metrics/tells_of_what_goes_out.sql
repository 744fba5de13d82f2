begin;
select plan(15);

create function pg_temp.told(p_name text) returns text language sql as $$
  select string_agg(
    concat_ws(' ', m.labels ->> 'partner', m.labels ->> 'kind', m.labels ->> 'status', round(m.value)), ', '
    order by m.labels ->> 'partner', m.labels ->> 'status'
  )
  from handoff.metrics() as m
  where m.name = p_name
$$;

select test.set_clock('2026-03-02 12:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.enroll() as johns, test.enroll('cna', 'jane@test.example') as janes;
select is(pg_temp.told('handoff_outbox_messages'), '', 'nothing goes out');
select test.follow_trail();
delete from handoff.outbox where profile_id is not null;  -- mails come below
select is(
  pg_temp.told('handoff_outbox_messages'), (
    select string_agg(format('%s enroll_at_partner pending %s', n.slug, n.messages), ', ' order by n.slug)
    from (select o.partner_slug, count(*) from handoff.outbox as o group by o.partner_slug) as n (slug, messages)
  ), 'what is not settled, by partner, kind and status'
);
select is((select count(*) from handoff.outbox as o), 2::bigint, 'two messages');
select matches(
  pg_temp.told('handoff_outbox_oldest_due_timestamp_seconds'), 'hsi enroll_at_partner 1772452800', 'and since when it is due'
);

-- One is refused, the other waits for a person.
select handoff.hold_enrollment(janes, 'on leave') from given;
create temporary table message as select * from test.begin_one();
select is(m.partner_slug, 'hsi', 'the first is under way') from message as m;
select matches(pg_temp.told('handoff_outbox_messages'), 'hsi enroll_at_partner sending 1', 'as a monitor sees');
select test.travel('1 minute');
select handoff.settle_message(m.message_id, m.lease_token, 'refused', 422, 'answered 422') from message as m;
select is(pg_temp.told('handoff_outbox_undelivered'), 'hsi enroll_at_partner dead 1', 'what did not arrive');
select is(
  pg_temp.told('handoff_outbox_undelivered_last_timestamp_seconds'), 'hsi enroll_at_partner dead 1772452860', 'and when'
);
select is(
  (select sum(m.value) from handoff.metrics() as m where m.name = 'handoff_outbox_messages'), 1::numeric,
  'what waits for a person is not settled'
);
select is(pg_temp.told('handoff_outbox_oldest_due_timestamp_seconds'), '', 'but is not late');

-- Mails have no partner; one that tells of a hold does not wait for its end.
insert into handoff.outbox (
  key, kind, profile_id, enrollment_id, made_at, expires_at, status, due_at, attempts, detail, settled_at
)
select
  m.kind || ':' || e.id, m.kind, e.student_id, e.id, handoff.clock(), 'infinity', m.status,
  case when m.status = 'pending' then handoff.clock() end, 1 - (m.status = 'pending')::integer,
  case when m.status <> 'pending' then 'a test' end, case when m.status <> 'pending' then handoff.clock() end
from handoff.enrollments as e
cross join (values ('on_hold', 'pending'), ('enrolled', 'unknown'), ('approved', 'dead')) as m (kind, status)
where e.id = (select g.janes from given as g);
select matches(pg_temp.told('handoff_outbox_messages'), 'on_hold pending 1', 'a mail');
select is(pg_temp.told('handoff_outbox_oldest_due_timestamp_seconds'), 'on_hold 1772452860', 'and since when it is due');
select is(
  pg_temp.told('handoff_outbox_undelivered'), 'hsi enroll_at_partner dead 1, approved dead 1, enrolled unknown 1',
  'and those that are given up or in doubt'
);

-- A mountain at one partner.
update handoff.enrollments set status = 'active' where id = (select g.janes from given as g);
insert into handoff.outbox (
  key, kind, partner_slug, enrollment_id, step_id, start_number, made_at, expires_at, due_at
)
select
  'enroll_at_partner:' || s.id || ':' || n, 'enroll_at_partner', 'jri', s.enrollment_id, s.id, n, handoff.clock(), 'infinity',
  handoff.clock() + interval '1 hour'
from handoff.enrollment_steps as s
cross join generate_series(100, 2099) as n
where s.enrollment_id = (select g.johns from given as g) and s.sequence_order = 1;
select matches(pg_temp.told('handoff_outbox_messages'), 'jri enroll_at_partner pending 500', 'no more than 500 are counted');
select isnt(pg_temp.told('handoff_outbox_messages'), null, 'and the others beside them');

select * from finish();
rollback;
