begin;
select plan(7);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.admin() as ada;
grant select on given to public;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
select test.travel('1 hour');
select test.send('certiport', 'exam.completed', null, '{"student_id": "c-1", "passed": true}');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'newest');
select test.send('hsi', 'course.completed', john) from given;
select test.travel('1 hour');
select test.send('hsi', 'course.completed', null, '{"student_id": "aside"}', 'aside');

select test.as_admin(ada) from given;
select results_eq(
  'select w.partner_slug, w.account, w.events, w.since from handoff.waiting_accounts() as w',
  $$values ('hsi', 'h-1', 2, timestamptz '2026-03-02 12:00+00'), ('certiport', 'c-1', 1, '2026-03-02 13:00+00'),
    ('hsi', 'aside', 1, '2026-03-02 14:00+00')$$,
  'each once, the longest waiting first, with how many wait'
);
select is(
  (select e.event_key from handoff.waiting_accounts() as w join handoff.partner_events as e on e.receipt = w.receipt where w.account = 'h-1'),
  'newest', 'and the newest event'
);
select is((select count(*) from handoff.waiting_accounts(1)), 1::bigint, 'no more than asked for');
select handoff.set_event_aside(e.receipt, 'a test of theirs') from handoff.partner_events as e where e.event_key = 'aside';
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select results_eq('select w.account from handoff.waiting_accounts() as w', $$values ('c-1')$$, 'what is linked or set aside waits no more');
select handoff.unlink_partner_account('hsi', 'h-1', 'not John') from given;
select is((select w.account from handoff.waiting_accounts(1) as w), 'h-1', 'what is taken back waits again');
select test.as_admin(john) from given;
select is_empty('select from handoff.waiting_accounts()', 'an admin''s role with a student''s claims sees none');
select test.as_student(john) from given;
select throws_ok('select from handoff.waiting_accounts()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
