begin;
select plan(17);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as
select test.enroll('cna', 'ann@test.example') as ann, test.enroll('barber-apprenticeship', 'ben@test.example') as ben,
  test.enroll('barber-apprenticeship-wrg', 'cat@test.example') as cat;
update handoff.partners set stuck_after_days = 10 where slug in ('hsi', 'milady');
update handoff.program_partners set stuck_after_days = 90 where partner_slug = 'milady' and program_slug = 'barber-apprenticeship';
update handoff.program_partners set stuck_after_days = null where partner_slug = 'milady' and program_slug = 'barber-apprenticeship-wrg';
create function pg_temp.late() returns text language sql as $$
  select string_agg(split_part(p.full_name, ' ', 1) || ' ' || (a.numbers ->> 'days') || '/' || (a.numbers ->> 'limit_days'), ', ' order by p.full_name)
  from handoff.alerts as a
  join handoff.enrollments as e on e.id = a.enrollment_id
  join handoff.profiles as p on p.id = e.student_id
  where a.kind = 'stuck_student' and a.closed_at is null
$$;
select test.travel('10 days');
select test.sweep();
select is(pg_temp.late(), null, 'after exactly as many days nobody is late');
select test.travel('1 second');
select test.sweep();
select is(pg_temp.late(), 'Ann 10/10, Cat 10/10', 'then by the partner''s limit, where the program has none of its own');
select is(
  (select a.subject from handoff.alerts as a join given as g on g.ann = a.enrollment_id), (select 'step:' || test.step(ann, 1) from given),
  'the step is the subject'
);
select test.travel('80 days');
select test.sweep();
select is(pg_temp.late(), 'Ann 90/10, Ben 90/90, Cat 90/10', 'else by the program''s');
select results_eq(
  $$select s.enrollment_id from handoff.stuck_students() as s where s.kind = 'too_long' order by 1$$,
  $$select a.enrollment_id from handoff.alerts as a order by 1$$, 'stuck_students says the same'
);
select handoff.hold_enrollment(ann, 'on leave') from given;
select test.sweep();
select is(pg_temp.late(), 'Ben 90/90, Cat 90/10', 'nobody on hold is late');
select test.travel('30 days');
select handoff.resume_enrollment(ann, 'is back') from given;
select test.sweep();
select is(pg_temp.late(), 'Ann 90/10, Ben 120/90, Cat 120/10', 'the days on hold do not count');
select handoff.withdraw_enrollment(ben, 'has left') from given;
select handoff.mark_step_complete(test.step(cat, 1)) from given;
select test.sweep();
select is(pg_temp.late(), 'Ann 90/10', 'who has left or goes on is not late');
select handoff.skip_step(test.step(ann, 1), 'waived') from given;
select test.sweep();
select is(pg_temp.late(), null, 'nobody is');

-- The partner has to take the student first.
update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug = 'hsi';
create temporary table dan as select test.enroll('cna', 'dan@test.example') as id;
select test.follow_trail();
select test.travel('11 days');
select test.sweep();
select is(pg_temp.late(), 'Ann 11/7, Cat 11/7', 'while the partner is told, only those of others are late');
select handoff.withdraw_enrollment(ann, 'has left') from given;
select is(handoff.settle_message(m.message_id, m.lease_token, 'sent'), 'sent', 'it takes the student') from test.begin_one() as m;
select test.travel('9 days');
select test.sweep();
select is(pg_temp.late(), 'Cat 20/7', 'the days count from then');
select test.travel('1 day');
select test.sweep();
select is(pg_temp.late(), 'Cat 21/7', 'not one too few');
select test.travel('1 second');
select test.sweep();
select is(pg_temp.late(), 'Cat 21/7, Dan 10/10', 'and not one too many');
update handoff.partners set stuck_after_days = 30;
select test.sweep();
select is(pg_temp.late(), null, 'a new limit counts at once');
update handoff.partners set stuck_after_days = 7;
select test.sweep();
select is(pg_temp.late(), 'Cat 21/7, Dan 10/7', 'either way');
select is((select count(*) from handoff.alerts as a where a.severity = 'severe'), 0::bigint, 'a student who is late is no emergency');
select * from finish();
rollback;
