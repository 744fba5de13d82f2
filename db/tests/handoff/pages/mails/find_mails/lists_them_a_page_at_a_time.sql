begin;
select plan(6);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
select handoff_private.queue_mail('alert', ada, 'alert:' || n), test.travel('1 minute') from given, generate_series(1, 5) as n;
update handoff.outbox set status = 'dead', attempts = 1, settled_at = now(), due_at = null, detail = 'x' where key = 'alert:3';
update handoff.partners set enroll_url = 'https://partner.example/';
select test.enroll('medical-assistant', 'jane@test.example'), test.follow_trail();
select test.as_admin(ada) from given;
create temporary table page as select row_number() over () as place, f.* from handoff.find_mails(null, null, null, 3) as f;
select is((select string_agg(kind, ' ' order by place) from page), 'enrolled alert alert', 'the newest first, and no message to a partner');
select is(
  (select count(*) from page as p, handoff.find_mails(null, p.made_at, p.message_id, 9) as f where p.place = 3), 3::bigint,
  'what comes after a page'
);
select is((select count(*) from handoff.find_mails('dead')), 1::bigint, 'of one status');
select is((select f.email from handoff.find_mails('dead') as f), 'ada@test.example', 'to whom');
select is((select d.status || ' ' || d.detail from handoff.find_mails('dead') as f, handoff.mail_details(f.message_id) as d), 'dead x', 'one of them');
select test.as_student(john) from given;
select throws_ok('select handoff.find_mails()', '42501', null, 'not for students');
select test.as_dba();
select * from finish();
rollback;
