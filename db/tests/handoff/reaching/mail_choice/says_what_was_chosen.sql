begin;
select plan(6);
create temporary table mail as
select test.mailed(test.student(), 'reminder') as reminder, test.mailed(test.student(), 'digest') as digest, test.mailed(test.student(), 'enrolled') as enrolled;
grant select on mail to public;
select test.act('handoff_public');
select is(c.kind || ' ' || c.is_stopped, 'reminder false', 'not yet') from mail, handoff.mail_choice(reminder) as c;
select is(handoff.stop_mail(reminder), 'reminder', 'stopped') from mail;
select is(c.kind || ' ' || c.is_stopped, 'reminder true', 'no more') from mail, handoff.mail_choice(reminder) as c;
select is(c.kind || ' ' || c.is_stopped, 'digest false', 'the other kind comes') from mail, handoff.mail_choice(digest) as c;
select is(c.kind, null, 'a kind that has no choice') from mail, handoff.mail_choice(enrolled) as c;
select is(c.kind, null, 'no mail of ours') from handoff.mail_choice(gen_random_uuid()) as c;
select * from finish();
rollback;
