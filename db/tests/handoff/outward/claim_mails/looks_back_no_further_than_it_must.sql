begin;
select plan(7);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
create function pg_temp.due_from() returns text language sql as $$
  select to_char(m.due_from at time zone 'UTC', 'HH24:MI:SS') from handoff.mailing as m
$$;
create function pg_temp.claimed() returns text language sql as $$
  select coalesce(string_agg(c.kind, ' '), '') from handoff.claim_mails(9, 9, '10 minutes') as c
$$;
select is(pg_temp.due_from(), null, 'at first it looks at all');
select handoff_private.queue_mail('digest', ada, 'digest:one') from given;
select test.travel('1 minute');
select handoff.take_back_leases();
select is(pg_temp.due_from(), '08:59:55', 'then from the first that is due, and a little before');
select handoff_private.queue_mail('alert', ada, 'alert:two') from given;
update handoff.outbox set due_at = '2026-01-05 08:00+00' where key = 'alert:two';
select is(pg_temp.claimed(), 'digest', 'what was made due long before is not seen at once');
select handoff.take_back_leases();
select is(pg_temp.claimed(), 'alert', 'but after the next look at all');
update handoff.outbox set status = 'sent', attempts = 1, settled_at = due_at, due_at = null, body = 'x', lease_token = null, lease_until = null;
select test.travel('1 hour');
select handoff.take_back_leases();
select is(pg_temp.due_from(), '10:00:55', 'where nothing is due: from now');
select handoff.mail_sign_in_link('ada@test.example', gen_random_uuid(), sha256('token'), null);
select handoff.take_back_leases();
select is(pg_temp.due_from(), '10:00:55', 'a link to sign in counts like any other');
select is(pg_temp.claimed(), 'sign_in_link', 'and goes out');
select * from finish();
rollback;
