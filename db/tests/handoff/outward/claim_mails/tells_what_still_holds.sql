begin;
select plan(42);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.enroll() as johns, test.student() as john;
select test.follow_trail();
select is((select count(*) from handoff.claim_mails(0, 9, '3 minutes')), 0::bigint, 'none of those that are not wanted');
create temporary table claimed as select * from handoff.claim_mails(9, 9, '3 minutes');
select results_eq(
  'select kind, address, full_name, body from claimed', $$values ('enrolled', 'john@test.example', 'John Student', null::text)$$,
  'to whom'
);
select results_eq(
  $$select facts ->> 'program', facts ->> 'partner', facts ->> 'step', facts ->> 'steps', facts ->> 'time_zone' from claimed$$,
  $$values ('Medical Assistant', 'Health & Safety Institute', '1', '3', 'UTC')$$, 'and what it is to tell'
) from given where exists (select from handoff.partners as p where p.name = 'Health & Safety Institute')
union all
select isnt((select facts ->> 'partner' from claimed), null, 'and what it is to tell')
where not exists (select from handoff.partners as p where p.name = 'Health & Safety Institute');
select is((select (facts ->> 'now')::timestamptz from claimed), handoff.clock(), 'when');
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 0::bigint, 'nobody else has it meanwhile');
select test.travel('3 minutes');
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 1::bigint, 'but when the lease has ended');

-- What a partner answers
select test.travel('1 hour');
update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug in ('certiport', 'careersafe');
select handoff.take_back_leases();
select is(test.send_mails(), 'enrolled', 'the first partner is not told, so nothing waits');
select test.send('hsi', 'course.completed', john) from given;
select is(test.send_mails(), '', 'it waits for what the partner answers');
select test.travel('59 minutes');
select is(test.send_mails(), '', 'for an hour');
select test.travel('1 minute');
select is(test.send_mails(), 'step_ready', 'at most');
select test.send('certiport', 'exam.completed', john, '{"passed": true, "exam_id": "it-specialist"}') from given;
select is(test.send_mails(), '', 'so does the next');
create temporary table told as select (c).* from (select test.begin_one() as c) as c;
select handoff.settle_message(message_id, lease_token, 'sent', 200, null, null, '{"launch_url": "https://partner.example/his"}') from told;
create temporary table answered as select * from handoff.claim_mails(9, 9, '3 minutes');
select is((select facts ->> 'launch_url' from answered), 'https://partner.example/his', 'with the link that it answered');
select is((select facts ->> 'step' from answered), '3', 'of this step');
select handoff.settle_mail(message_id, lease_token, 'refused') from answered;

-- Refused
create temporary table janes as select test.enroll('medical-assistant', 'jane@test.example') as id;
select is(test.send_mails(), 'enrolled', 'another student');
select handoff.mark_step_complete(test.step(id, 1)) from janes;
select test.follow_trail();
delete from told;
insert into told select (c).* from (select test.begin_one() as c) as c;
select handoff.settle_message(message_id, lease_token, 'refused', 409) from told;
select is(test.send_mails(), '', 'the partner has refused the student');
select is(
  (select o.detail from handoff.outbox as o join janes as j on j.id = o.enrollment_id where o.kind = 'step_ready'),
  'the partner has refused the student', 'so there is no step to go to'
);

create temporary table admin as select test.admin('eve@test.example') as id;
grant select on admin, told to public;
select test.as_admin(id) from admin;
select handoff.send_again(message_id, 'they know her now') from told;
select test.as_dba();
delete from told;
insert into told select (c).* from (select test.begin_one() as c) as c;
select is(test.send_mails(), '', 'it is asked once more');
select handoff.settle_message(message_id, lease_token, 'sent', 200) from told;
select is(test.send_mails(), 'step_ready', 'once it takes her the student is told');
update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug = 'hsi';
create temporary table kates as select test.enroll('medical-assistant', 'kate@test.example') as id;
select test.follow_trail();
delete from told;
insert into told select (c).* from (select test.begin_one() as c) as c;
select handoff.settle_message(message_id, lease_token, 'refused', 409) from told;
select is(test.send_mails(), 'enrolled', 'who is refused at the first step is enrolled all the same');
select is((select o.facts ->> 'told_refused' from handoff.outbox as o join kates as k on k.id = o.enrollment_id where o.kind = 'enrolled'), 'true', 'and told that it is not ready');
select test.as_admin(id) from admin;
select handoff.send_again(message_id, 'they know her now') from told;
select test.as_dba();
delete from told;
insert into told select (c).* from (select test.begin_one() as c) as c;
select handoff.settle_message(message_id, lease_token, 'sent', 200) from told;
select is(test.send_mails(), 'step_ready', 'and later that it is');
select is(test.send_mails(), '', 'once');
update handoff.partners set enroll_url = null where slug = 'hsi';

-- What a later mail tells
select test.travel('1 hour');
select handoff.hold_enrollment(id, 'wait'), handoff.resume_enrollment(id, 'go on'), handoff.hold_enrollment(id, 'wait again') from janes;
select is(test.send_mails(), 'on_hold', 'one mail, not three');
select results_eq(
  $$select o.kind, o.detail from handoff.outbox as o join janes as j on j.id = o.enrollment_id
    where o.status = 'cancelled' and o.kind in ('on_hold', 'resumed') order by 1$$,
  $$values ('on_hold', 'it has happened again since'), ('resumed', 'the enrollment is on_hold')$$, 'and why'
);
select handoff.resume_enrollment(id, 'go on') from janes;
select handoff.mark_step_complete(test.step(id, 2)) from janes;
update handoff.partners set enroll_url = null;
select test.travel('1 hour');
select is(test.send_mails(), 'resumed', 'it goes on with another step, told in one mail') from janes;
select is(
  (select o.detail from handoff.outbox as o where o.step_id = test.step(id, 3) and o.kind = 'step_ready'), 'told in another mail',
  'and not in two'
) from janes;

-- An enrollment without a step waits
create temporary table empty as select test.enrollment_without_steps('cna', 'active', 'mary@test.example') as id;
select is(test.send_mails(), '', 'there is nothing to tell of');
select handoff.generate_enrollment_steps(id) from empty;
select test.travel('15 minutes');
select is(test.send_mails(), 'enrolled', 'once there is');

-- Its time
select handoff.hold_enrollment(id, 'ill') from empty;
select test.follow_trail(), test.travel('3 days');
select is((select count(*) from handoff.claim_mails(0, 0, '3 minutes')), 0::bigint, 'too late');
select is((select o.status || ' ' || o.detail from handoff.outbox as o where o.kind = 'on_hold' and o.enrollment_id = id), 'cancelled expired', 'it has ended') from empty;

-- Two people who are one
create temporary table twins as select test.enroll('medical-assistant', 'ann@test.example') as id, test.student('ann2@test.example') as other;
select test.follow_trail();
select handoff.merge_profiles(handoff.find_profile('ann@test.example'), other, 'one person') from twins;
select is((select c.address from handoff.claim_mails(9, 9, '3 minutes') as c), 'ann2@test.example', 'whoever they are now is mailed');
select handoff.erase_profile(other, 'asked for') from twins;
select is((select count(*) from handoff.outbox as o join twins as t on o.profile_id = t.other where o.body is not null or o.facts <> '{}'), 0::bigint, 'nothing is left');
select is((select string_agg(distinct o.status, ' ') from handoff.outbox as o join twins as t on o.profile_id = t.other), 'cancelled', 'and nothing goes out');

-- A mail server that is away
select test.travel('1 day');
select handoff_private.queue_mail('alert', test.admin(), 'alert:1'), handoff_private.queue_mail('alert', test.admin(), 'alert:2');
select handoff_private.note_mail_server(false) from generate_series(1, 2);
create temporary table one as select * from handoff.claim_mails(1, 1, '3 minutes');
select is((select count(*) from one), 1::bigint, 'it is asked');
select is(handoff.settle_mail(message_id, lease_token, 'unreachable', 'ConnectionRefusedError'), 'failed', 'away again') from one;
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 0::bigint, 'and left alone');
select test.travel('15 seconds');
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 1::bigint, 'then asked with one mail');
select handoff_private.note_mail_server(true);
select is((select count(*) from handoff.claim_mails(9, 9, '3 minutes')), 1::bigint, 'it answers again');

-- A database that was restored
select handoff_private.queue_mail('alert', test.admin(), 'alert:3'), test.travel('1 minute');
select handoff_private.doubt_mails();
select test.travel('1 minute');
select handoff_private.queue_mail('alert', test.admin(), 'alert:4');
create temporary table doubtful as select c.message_id, o.key from handoff.claim_mails(9, 9, '3 minutes') as c join handoff.outbox as o using (message_id);
select is((select string_agg(d.key, ' ') from doubtful as d), 'alert:4', 'what is made afterwards is sent');
select is((select o.status || ' ' || o.attempts from handoff.outbox as o where o.key = 'alert:3'), 'unknown 0', 'what was there before is in doubt');
select is(handoff.send_again(o.message_id, 'nobody got it'), 'pending', 'until an admin says') from handoff.outbox as o where o.key = 'alert:3';
select is((select o.key from handoff.claim_mails(9, 9, '3 minutes') as c join handoff.outbox as o using (message_id)), 'alert:3', 'then it is sent');
select * from finish();
rollback;
