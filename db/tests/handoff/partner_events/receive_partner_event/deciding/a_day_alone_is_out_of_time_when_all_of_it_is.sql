begin;
select plan(7);

update handoff.school set time_zone = 'America/Indiana/Indianapolis';
create function pg_temp.told(p_day text) returns text language sql as $$
  select r.status || ':' || r.reason
  from test.student(extract(day from handoff.clock()) || '-' || p_day || '@test.example') as s (id), handoff.enroll_student(id, 'cna'),
    handoff.receive_partner_event('hsi', id::text, convert_to(json_build_object('event', 'course.completed', 'student_id', id, 'completed_at', p_day)::text, 'UTF8'), 'csv') as r
$$;
-- Enrolled on the 24th at 18:00: a day before, the 23rd has six hours left.
select test.set_clock('2026-11-24 23:00:00+00');
select is(pg_temp.told('2026-11-23'), 'accepted:completed', 'a part of the day is in time');
select is(pg_temp.told('2026-11-22'), 'parked:time_review', 'nothing of the day is');
-- The 22nd at 10:00: a day ahead, the 23rd has ten hours behind it.
select test.set_clock('2026-11-22 15:00:00+00');
select is(pg_temp.told('2026-11-23'), 'accepted:completed', 'a part of the day is no more than a day ahead');
select is(pg_temp.told('2026-11-24'), 'parked:time_review', 'nothing of the day is');
-- The days on which the clocks change have 23 hours and 25.
select test.set_clock('2026-11-02 04:59:00+00');
select is(pg_temp.told('2026-11-01'), 'accepted:completed', 'the day before ends when the clock says so');
select is(handoff_private.is_out_of_time('2026-03-08 16:00:00+00', null, '2026-03-10 03:59:59+00', '2026-03-08'), false, 'a second of it is in time');
select is(handoff_private.is_out_of_time('2026-03-08 16:00:00+00', null, '2026-03-10 04:00:01+00', '2026-03-08'), true, 'none is');

select * from finish();
rollback;
