begin;
select plan(21);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as
select
  test.admin() as ada, test.student('a@test.example') as ann,
  test.enrollment_without_steps('emt', 'pending', 'a@test.example') as waiting, test.enroll('cna', 'b@test.example') as failed,
  test.enroll('cna', 'c@test.example') as refused, test.enroll('cna', 'd@test.example') as stuck,
  test.enrollment_without_steps('emt', 'active', 'e@test.example') as blocked;
grant select on given to public;
create function pg_temp.kinds(p_limit integer default 10) returns text language sql security definer as $$
  select coalesce(string_agg(q.kind, ' ' order by q.place), '')
  from handoff.work_queue(p_limit) with ordinality as q (
    kind, about, severity, since, events, numbers, profile_id, full_name, email, enrollment_id, step_id, program_name, partner_slug,
    partner_name, account, receipt, alert_id, alert_kind, person_name, of_kind, events_of_kind, oldest_of_kind, place
  )
$$;
select test.as_admin(ada) from given;
select is(pg_temp.kinds(), 'approve', 'who asks to be let in is here at once');
select test.as_dba();
select test.travel('1 hour');
select handoff.fail_step(test.step(failed, 1), 'absent') from given;
select test.travel('1 hour');
insert into handoff.partner_answers (step_id, refused_at) select test.step(refused, 1), handoff.clock() from given;
select test.travel('1 hour');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
select test.travel('1 hour');
select test.deliver_raw('hsi', '{not json');
select test.set_clock('2026-03-09 12:00:01+00');
insert into handoff.alerts (kind, severity, about, numbers, opened_at, last_seen_at)
values ('delivery_failing', 'severe', 'mail_server', '{"messages": 3}', handoff.clock(), handoff.clock());
create temporary table before_sweep as select test.sweep();
insert into handoff.alerts (kind, severity, about, numbers, opened_at, last_seen_at)
values ('delivery_failing', 'severe', 'mail_refused', '{"messages": 3}', handoff.clock(), handoff.clock());

select test.as_admin(ada) from given;
select is(
  pg_temp.kinds(), 'alert approve blocked stuck failed refused account event',
  'what is severe first, then what has waited longest; what is refused is not late as well'
);
select results_eq(
  $$select q.kind, q.full_name, q.program_name, q.partner_slug, q.since, q.step_id from handoff.work_queue() as q where q.enrollment_id is not null order by q.kind$$,
  $$
  select k.kind, p.full_name, g.name, k.partner_slug, k.since, k.step_id
  from given as n
  cross join lateral (
    values
      ('approve', n.waiting, null, timestamptz '2026-03-02 12:00+00', null), ('blocked', n.blocked, null, '2026-03-02 12:00+00', null),
      ('failed', n.failed, 'hsi', '2026-03-02 13:00+00', test.step(n.failed, 1)),
      ('refused', n.refused, 'hsi', '2026-03-02 14:00+00', test.step(n.refused, 1)),
      ('stuck', n.stuck, 'hsi', '2026-03-02 12:00+00', test.step(n.stuck, 1))
  ) as k (kind, enrollment_id, partner_slug, since, step_id)
  join handoff.enrollments as e on e.id = k.enrollment_id
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  order by k.kind
  $$,
  'each with whom, where and since when'
);
select results_eq(
  $$select q.kind, q.partner_slug, q.account, q.about, q.events from handoff.work_queue() as q where q.receipt is not null order by q.kind$$,
  $$values ('account', 'hsi', 'h-1', 'unknown_student', 1), ('event', 'hsi', null, 'bad_json', 1)$$, 'and which event'
);

select handoff.approve_enrollment(waiting, 'has paid') from given;
select unalike(pg_temp.kinds(), '%approve%', 'approved');
select handoff.reopen_step(test.step(failed, 1), 'again') from given;
select unalike(pg_temp.kinds(), '%failed%', 'opened again, before the alert is closed');
select test.as_dba();
update handoff.partner_answers set refused_at = null, accepted_at = handoff.clock();
select test.as_admin(ada) from given;
select unalike(pg_temp.kinds(), '%refused%', 'taken by the partner');
select handoff.skip_step(test.step(stuck, 1), 'knows it') from given;
select unalike(pg_temp.kinds(), '%stuck%', 'moved on');
select handoff.link_partner_account('hsi', 'h-1', ann) from given;
select unalike(pg_temp.kinds(), '%account%', 'linked');
select handoff.set_event_aside(e.receipt, 'nothing to do') from handoff.partner_events as e where e.reason = 'bad_json';
select unalike(pg_temp.kinds(), '%bad_json%', 'set aside');
select handoff.withdraw_enrollment(blocked, 'by mistake') from given;
select test.as_dba();
select test.sweep();
select test.as_admin(ada) from given;
select unalike(pg_temp.kinds(), '%blocked%', 'withdrawn');

-- Left alone until its date, and known.
select test.as_dba();
create temporary table again as select test.enroll('cna', 'f@test.example') as late, test.enrollment_without_steps('emt', 'pending', 'g@test.example') as asks;
grant select on again to public;
select test.travel('8 days');
select test.sweep();
select test.as_admin(ada) from given;
select is((select count(*) from handoff.work_queue() as q where q.kind in ('stuck', 'approve') and q.enrollment_id in (select late from again union select asks from again)), 2::bigint, 'two more');
select handoff.snooze_alert(a.id, '2026-03-20', 'on leave') from handoff.alerts as a where a.enrollment_id in (select late from again union select asks from again) and a.closed_at is null;
select is_empty($$select from handoff.work_queue() as q where q.enrollment_id in (select late from again union select asks from again)$$, 'are left alone');
select test.as_dba();
select test.set_clock('2026-03-20 00:00+00');
select test.as_admin(ada) from given;
select is((select count(*) from handoff.work_queue() as q where q.enrollment_id in (select late from again union select asks from again)), 2::bigint, 'until that date');
select handoff.acknowledge_alert(a.id) from handoff.alerts as a where a.enrollment_id in (select late from again union select asks from again) and a.closed_at is null;
select is_empty($$select from handoff.work_queue() as q where q.enrollment_id in (select late from again union select asks from again)$$, 'and not shown when somebody knows');

-- Many of one kind hide no other.
select test.as_dba();
select test.enrollment_without_steps('emt', 'pending', 'n' || n || '@test.example') from generate_series(1, 30) as n;
select test.travel('1 hour');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}'), test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}');
select test.as_admin(ada) from given;
select is((select count(*) from handoff.work_queue()), 10::bigint, 'ten rows');
select alike(pg_temp.kinds(), '%account%', 'one of each kind at least');
select results_eq(
  $$select distinct q.of_kind, q.events_of_kind, q.oldest_of_kind from handoff.work_queue() as q where q.kind = 'approve'$$,
  $$values (30, 30, timestamptz '2026-03-20 00:00+00')$$, 'which says how many there are'
);
select results_eq(
  $$select q.of_kind, q.events_of_kind from handoff.work_queue() as q where q.kind = 'account'$$, $$values (1, 2)$$, 'of accounts and of events'
);
select test.as_admin(ann) from given;
select is_empty('select from handoff.work_queue()', 'an admin''s role with a student''s claims sees nothing');
select test.as_student(ann) from given;
select throws_ok('select from handoff.work_queue()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
