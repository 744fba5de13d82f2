begin;
select plan(4);
create temporary table given as
  select test.student('jon@test.example') as john, test.admin() as ada, test.enroll('cna', 'jon@test.example') as johns;
grant select on given to public;
create function pg_temp.reminder(p_key text, p_to text) returns uuid language sql as $$
  insert into handoff.outbox (
    key, kind, profile_id, enrollment_id, made_at, expires_at, status, settled_at, attempts, mailed_to
  )
  select 'reminder:' || p_key, 'reminder', john, johns, now(), now(), 'sent', now(), 1, p_to from given
  returning message_id
$$;
create temporary table mail as select pg_temp.reminder('1', 'jon@test.example') as wrong, null::uuid as right;
select is(handoff.stop_mail(wrong), 'reminder', 'who has the mail can stop it') from mail;
select test.as_admin(ada) from given;
select handoff.correct_profile(john, 'john@test.example', null, 'mistyped') from given;
select test.as_dba();
select is_empty('select from handoff.mail_preferences', 'what was chosen at the wrong address ends with it');
select is(handoff.stop_mail(wrong), null, 'and nothing can be chosen there any more') from mail;
update mail set "right" = pg_temp.reminder('2', 'john@test.example');
select is(handoff.stop_mail("right"), 'reminder', 'but at the right one') from mail;
select * from finish();
rollback;
