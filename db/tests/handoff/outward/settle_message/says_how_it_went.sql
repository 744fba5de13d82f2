begin;
select plan(28);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.student() as john, test.enroll() as johns, test.admin() as ada;
select test.follow_trail();
create temporary table message as select * from test.begin_one();
create function pg_temp.settle(p_result text, p_retry_after interval default null, p_answer jsonb default '{}') returns text language sql as
  $$select handoff.settle_message(m.message_id, m.lease_token, p_result, 200, null, p_retry_after, p_answer) from message as m$$;

select is(
  (select m.body::jsonb from message as m),
  (select jsonb_build_object('event', 'enrollment.requested', 'enrollment_id', test.step(johns, 1), 'student_email', 'john@test.example',
    'student_name', 'John Student', 'program', 'medical-assistant', 'course', null) from given),
  'what goes out'
);
select is((select m.url from message as m), 'https://partner.example/hsi', 'and where to');
select is(test.messages(), 'hsi 1 sending', 'it is under way');
select is(
  (select handoff.begin_sending(m.message_id, m.lease_token) from message as m), false, 'it begins once'
);
select is((select handoff.settle_message(m.message_id, gen_random_uuid(), 'sent') from message as m), 'late', 'only who has the lease settles');
select is(pg_temp.settle('failed', '1 hour'), 'failed', 'tried again');
select is((select o.due_at from handoff.outbox as o where o.partner_slug is not null), '2026-01-05 10:00+00', 'when the partner says');
select is(pg_temp.settle('sent'), 'late', 'who is late is not heard');
select is((select o.settled_late from handoff.outbox as o where o.partner_slug is not null), 2, 'but counted');

select test.travel('1 hour');
truncate message;
insert into message select * from test.begin_one();
select is((select o.attempts from handoff.outbox as o where o.partner_slug is not null), 2, 'the second try');
update handoff.profiles set full_name = 'Johnny Student';
select is(
  pg_temp.settle('sent', null, '{"external_student_id": "H-1", "external_enrollment_id": "E-1", "launch_url": "https://hsi.example/1"}'),
  'sent', 'taken'
);
select is(test.messages(), 'hsi 1 sent', 'once');
select is((select a.student_id from handoff.partner_accounts as a where a.external_student_id = 'H-1'), john, 'its account is linked') from given;
select is(launch_url, 'https://hsi.example/1', 'the student''s own link') from given cross join handoff.get_current_step(johns);
select is(
  (
    select s.external_enrollment_id || ' ' || a.accepted_at
    from handoff.enrollment_steps as s
    join handoff.partner_answers as a on a.step_id = s.id
    where s.id = test.step(johns, 1)
  ),
  'E-1 2026-01-05 10:00:00+00', 'its id, and since when'
) from given;
select is(test.send('hsi', 'course.completed', null, '{"student_id": "H-1"}'), 'accepted:completed', 'its events are matched');

-- Refused for good.
select test.follow_trail();
truncate message;
insert into message select * from test.begin_one();
select is(pg_temp.settle('refused'), 'dead', 'refused');
select is(test.messages(), 'hsi 1 sent, certiport 1 dead', 'is not tried again');

-- Another's account.
select handoff.link_partner_account('careersafe', 'C-1', test.student('jane@test.example'));
select is(test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'accepted:completed', 'the second is done') from given;
select test.follow_trail();
truncate message;
insert into message select * from test.begin_one();
select is(pg_temp.settle('sent', null, '{"external_student_id": "C-1"}'), 'sent', 'an account that is another''s');
select is(
  (select o.detail from handoff.outbox as o where o.partner_slug = 'careersafe'),
  'external_student_id is another student''s, or none that can be used', 'is left out, with a note'
);

-- Our own id of another.
select test.enroll('phlebotomy-technician', 'joan@test.example');
select test.follow_trail();
truncate message;
insert into message select * from test.begin_one();
select is(
  pg_temp.settle('sent', null, jsonb_build_object('external_student_id', test.student('jane@test.example'))), 'sent', 'our id of another'
);
select is(
  (select count(*) from handoff.partner_accounts as a where a.external_student_id = test.student('jane@test.example')::text), 0::bigint,
  'is no account of this one'
);

-- A student who is none any more.
select handoff.link_partner_account('hsi', 'J-1', test.student('jim@test.example'));
select test.enroll('phlebotomy-technician', 'jim@test.example');
select test.follow_trail();
truncate message;
insert into message select * from test.begin_one();
update handoff.profiles set role = 'admin' where email = 'jim@test.example';
select is(pg_temp.settle('sent', null, '{"external_student_id": "J-2"}'), 'sent', 'an account of who is no student');
select is((select a.student_id from handoff.partner_accounts as a where a.external_student_id = 'J-2'), null, 'is linked to nobody');
update handoff.profiles set role = 'student' where email = 'jim@test.example';

-- The end of trying.
select test.enroll('cna', 'jane@test.example');
select test.follow_trail();
truncate message;
insert into message select * from test.begin_one();
select is(pg_temp.settle('failed', '15 days'), 'dead', 'what would be tried too late is tried no more');
select is(pg_temp.settle('sent'), 'late', 'and stays so');
select test.act('handoff_webhook');
select throws_ok('select handoff.claim_messages(1, 1, ''1 s'')', '42501', null, 'a webhook claims nothing');

select * from finish();
rollback;
