begin;
select plan(5);
create temporary table given as
  select test.student('a@test.example') as a, test.student('b@test.example') as b, test.student('c@test.example') as c;
grant select on given to public;
create function pg_temp.advance(p_now timestamptz, p_student uuid) returns text language plpgsql as $$
begin
  perform test.set_clock(p_now), handoff.enroll_student(p_student, 'cna'), test.act('handoff_webhook');
  perform test.send('hsi', 'course.completed', p_student);
  return test.as_dba();
end;
$$;
select pg_temp.advance('2026-03-02 18:14+00', a) from given;
select pg_temp.advance('2026-03-02 18:16+00', b) from given;
select test.follow_figures();
select pg_temp.advance('2026-03-02 18:31+00', c) from given;
select is(handoff.auto_advanced_today(), 3, 'in UTC it is one day');
update handoff.school set time_zone = 'Asia/Kathmandu';  -- 5:45 ahead
select is(handoff.auto_advanced_today(), 2, 'a day that begins at a quarter past six, and nothing is counted anew for it');
update handoff.school set time_zone = 'Asia/Kolkata';  -- 5:30 ahead
select is(handoff.auto_advanced_today(), 1, 'and one that begins at half past');
select test.follow_figures();
select is(handoff.auto_advanced_today(), 1, 'the same when it was counted');
select is_empty(
  $$select z.name from pg_timezone_names as z where extract(epoch from z.utc_offset)::integer % 900 <> 0$$,
  'in every time zone a day begins at a quarter of an hour'
);
select * from finish();
rollback;
