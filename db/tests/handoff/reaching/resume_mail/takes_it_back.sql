begin;
select plan(5);
create temporary table mail as
select test.mailed(test.student(), 'reminder') as reminder, test.mailed(test.student(), 'digest') as digest, test.mailed(test.student(), 'withdrawn') as withdrawn;
grant select on mail to public;
select handoff.stop_mail(reminder), handoff.stop_mail(digest) from mail;
select test.act('handoff_public');
select is(handoff.resume_mail(reminder), 'reminder', 'reminders again') from mail;
select is(handoff.resume_mail(reminder), 'reminder', 'twice is once') from mail;
select is(handoff.resume_mail(withdrawn), null, 'nothing of this kind was stopped') from mail;
select is(handoff.resume_mail(gen_random_uuid()), null, 'no mail of ours');
select test.as_dba();
select is((select string_agg(m.kind, ' ') from handoff.mail_preferences as m), 'digest', 'of this kind alone');
select * from finish();
rollback;
