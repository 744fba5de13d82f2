begin;
select plan(23);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
create temporary table mail as
select test.mailed(john) as first, test.mailed(john, 'sign_in_link') as second, test.mailed(john) as third, test.mailed(john) as late from given;
grant select on given, mail to public;
create function pg_temp.bounced() returns text language sql as $$
  select string_agg(concat_ws(' ', o.kind, o.bounced_at is not null, o.bounce_status), ', ' order by o.made_at, o.kind, o.bounce_status)
  from handoff.outbox as o where o.bounce_status is not null
$$;

select test.act('handoff_worker');
select is(handoff.note_bounce(first, false, '4.2.2', '{john@test.example}'), 'noted', 'late for now') from mail;
select test.as_dba();
select is(pg_temp.bounced(), 'digest f 4.2.2', 'the mail says so');
select is_empty('select from handoff.mail_suppressions', 'the address is mailed on');
select is(handoff.note_bounce(first, false, '4.4.7', '{john@test.example}'), 'noted', 'given up, but not for its address') from mail;
select is(pg_temp.bounced(), 'digest f 4.4.7', 'the last word counts');

select test.act('handoff_worker');
select is(handoff.note_bounce(first, true, '5.1.1', '{john@test.example}'), 'suppressed', 'there is no such address') from mail;
select test.as_dba();
select is(pg_temp.bounced(), 'digest t 5.1.1', 'the mail came back');
select results_eq(
  'select s.address, s.profile_id, s.message_id, s.status, s.since from handoff.mail_suppressions as s',
  $$select 'john@test.example', john, first, '5.1.1', timestamptz '2026-01-05 09:00+00' from given, mail$$, 'and its address gets no more'
);
select results_eq(
  'select a.act, a.profile_id, a.reason, a.actor_role, a.occurred_at from handoff.acts as a where a.act = ''mail_suppressed''',
  $$select 'mail_suppressed', john, null, 'handoff_worker', timestamptz '2026-01-05 09:00+00' from given$$, 'it is written down'
);
select test.travel('1 hour');
select is(handoff.note_bounce(first, true, '5.1.1', '{john@test.example}'), 'known', 'the same report again') from mail;
select is(handoff.note_bounce(first, false, '4.4.1', '{john@test.example}'), 'known', 'or an older one, that was slow') from mail;
select is(pg_temp.bounced(), 'digest t 5.1.1', 'changes nothing');
select is(handoff.note_bounce(second, true, '5.1.10', '{john@test.example}'), 'suppressed', 'another mail comes back, too') from mail;
select is((select count(*) from handoff.acts as a where a.act = 'mail_suppressed'), 1::bigint, 'the address was suppressed before');
select is((select s.since from handoff.mail_suppressions as s), '2026-01-05 09:00+00', 'since then');

-- The same report once more, after an admin has said that the address works.
select handoff.allow_mail_again(john, 'it works now') from given;
select is(handoff.note_bounce(first, true, '5.1.1', '{john@test.example}'), 'known', 'a report that comes again') from mail;
select is_empty('select from handoff.mail_suppressions', 'undoes nothing');

-- The person has another address by now.
select handoff.correct_profile(john, 'johnny@test.example', null, 'misspelt') from given;
select is(handoff.note_bounce(third, true, '5.1.1', '{john@test.example}'), 'suppressed', 'a mail to the old address comes back') from mail;
select is((select string_agg(s.address, ' ') from handoff.mail_suppressions as s), 'john@test.example', 'the new one is another');

select handoff.erase_profile(john, 'asked for it') from given;
select is(handoff.note_bounce(late, true, '5.1.1', '{john@test.example}'), 'noted', 'of who was forgotten') from mail;
select is_empty('select from handoff.mail_suppressions', 'no address is kept');

select is(handoff.note_bounce(gen_random_uuid(), true, '5.1.1', '{john@test.example}'), 'unknown', 'no mail of ours');
select test.enroll('cna', 'jane@test.example');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
select test.act('handoff_public');
select throws_ok('select handoff.note_bounce(first, true, ''5.1.1'', ''{john@test.example}'') from mail', '42501', null, 'a visitor notes nothing');
select * from finish();
rollback;
