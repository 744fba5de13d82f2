begin;
select plan(14);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as
select test.student() as john, test.student('jane@test.example') as jane, test.admin() as ada;
create temporary table mail as
select test.mailed(john, 'reminder') as reminder, test.mailed(ada) as digest, test.mailed(john, 'certificate_issued') as certificate,
  test.mailed(john, 'sign_in_link') as link, test.mailed(jane, 'reminder') as janes
from given;
grant select on given, mail to public;
create function pg_temp.stopped() returns text language sql as $$
  select string_agg(split_part(p.email, '@', 1) || ' ' || m.kind || ' ' || m.stopped_at::time, ', ' order by p.email, m.kind)
  from handoff.mail_preferences as m join handoff.profiles as p on p.id = m.profile_id
$$;
select test.act('handoff_public');
select is(handoff.stop_mail(reminder), 'reminder', 'no more reminders') from mail;
select is(handoff.stop_mail(digest), 'digest', 'nor digests') from mail;
select is(handoff.stop_mail(certificate), null, 'a certificate comes always') from mail;
select is(handoff.stop_mail(link), null, 'and a link') from mail;
select is(handoff.stop_mail(gen_random_uuid()), null, 'no mail of ours');
select test.as_dba();
select is(pg_temp.stopped(), 'ada digest 09:00:00, john reminder 09:00:00', 'each for who got it');
select test.travel('1 hour');
select is(handoff.stop_mail(reminder), 'reminder', 'said twice') from mail;
select is(pg_temp.stopped(), 'ada digest 09:00:00, john reminder 09:00:00', 'since the first time');

-- Two profiles of one person.
select is(handoff.stop_mail(janes), 'reminder', 'the one wants none') from mail;
select handoff.merge_profiles(john, jane, 'entered twice') from given;
select is(pg_temp.stopped(), 'ada digest 09:00:00, jane reminder 10:00:00', 'who is one wants none');
select handoff.resume_mail(janes) from mail;
select is(handoff.stop_mail(reminder), 'reminder', 'a mail to who was merged') from mail;
select is(pg_temp.stopped(), 'ada digest 09:00:00, jane reminder 10:00:00', 'is for who stays');

select handoff.erase_profile(jane, 'asked for it') from given;
select is(handoff.stop_mail(janes), 'reminder', 'who was forgotten is told the same') from mail;
select is(pg_temp.stopped(), 'ada digest 09:00:00', 'and nothing is kept');
select * from finish();
rollback;
