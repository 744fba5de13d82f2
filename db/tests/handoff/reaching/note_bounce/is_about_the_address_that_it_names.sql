begin;
select plan(16);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
create temporary table mail as select test.mailed(john) as first, test.mailed(john) as second, test.mailed(john) as third from given;
grant select on given, mail to public;
create function pg_temp.state(p_message_id uuid) returns text language sql as $$
  select concat_ws(' ', o.status, o.mailed_to, o.bounced_at is not null, o.bounce_status) from handoff.outbox as o where o.message_id = p_message_id
$$;

-- John has his mails forwarded.
select is(handoff.note_bounce(first, true, '5.1.1', '{john@elsewhere.example}'), 'another', 'where he has it forwarded to does not work') from mail;
select is(pg_temp.state(first), 'sent john@test.example f 5.1.1', 'which is seen with the mail') from mail;
select is(handoff.note_bounce(first, true, '5.2.1', '{}'), 'another', 'a report that names nobody') from mail;
select is(handoff.note_bounce(first, true, '5.2.1', null), 'another', 'or has no list') from mail;
select is_empty('select from handoff.mail_suppressions', 'says nothing of his address');
select is_empty('select from handoff.acts as a where a.act = ''mail_suppressed''', 'and nothing is written down');
select is(handoff.note_bounce(first, true, '5.1.1', '{john@elsewhere.example,"JOHN@Test.Example"}'), 'suppressed', 'one that names his, however it is written, does') from mail;

-- Jane's mail was lost to a wrong address, and is sent again to the right one.
create temporary table lost as select test.student('jana@test.example') as jane, null::uuid as message_id;
update lost set message_id = test.mailed(jane, 'withdrawn');
update handoff.outbox as o set status = 'unknown', detail = 'lost', body = 'written', expires_at = handoff.clock() + interval '2 days' from lost as l where o.message_id = l.message_id;
grant select on lost to public;
select test.as_admin(ada) from given;
select handoff.correct_profile(jane, 'jane@test.example', null, 'misspelt') from lost;
select handoff.send_again(message_id, 'to the right address') from lost;
select test.as_dba();
select is(handoff.note_bounce(message_id, true, '5.1.1', '{jana@test.example}'), 'suppressed', 'before it is mailed again, the old address is its own') from lost;
select is((select count(*) from handoff.claim_mails(9, 9, '1 minute')), 1::bigint, 'it goes out to the right one');
select is(pg_temp.state(message_id), 'pending jane@test.example f', 'and what came back before is not of it') from lost;
select is(handoff.note_bounce(message_id, true, '5.1.1', '{jana@test.example}'), 'another', 'a late report of the old address') from lost;
select is_empty('select from handoff.mail_suppressions as s where s.address = ''jane@test.example''', 'leaves the right one alone');
select is(handoff.note_bounce(message_id, true, '5.1.1', '{jane@test.example}'), 'suppressed', 'until one is of it') from lost;
select is((select s.message_id from handoff.mail_suppressions as s where s.address = 'jane@test.example'), message_id, 'and is known by the mail') from lost;

-- Letters of any script: one mail server writes them in one way, the next in another.
update handoff.outbox as o set mailed_to = 'jürgen@schüle.example' from mail where o.message_id = second;
select is(handoff.note_bounce(second, true, '5.1.1', array[normalize('Jürgen@Schüle.example', NFD)]), 'suppressed', 'one address') from mail;
update handoff.outbox as o set mailed_to = 'no address of today' from mail where o.message_id = third;
select is(handoff.note_bounce(third, true, '5.1.1', '{no address of today}'), 'suppressed', 'as it was stored before') from mail;
select * from finish();
rollback;
