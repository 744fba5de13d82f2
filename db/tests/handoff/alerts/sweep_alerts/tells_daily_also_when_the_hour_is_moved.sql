begin;
select plan(12);
select test.set_clock('2026-03-01 12:00+00');
update handoff.school set time_zone = 'America/New_York', digest_at = '07:00';
create temporary table given as select test.admin() as ada;
create function pg_temp.wrong(p_name text) returns void language sql as $$
  select handoff.fail_step(test.step(test.enroll('cna', p_name || '@test.example'), 1), 'cheated');
  select test.sweep();
$$;
-- What time it is in New York when each mail is made, and of whom it tells.
create function pg_temp.digests() returns text language sql as $$
  select string_agg(
    to_char(o.made_at at time zone 'America/New_York', 'DD HH24:MI') || (
      select string_agg(' ' || split_part(p.email, '@', 1), '' order by p.email)
      from jsonb_array_elements(o.facts -> 'alerts') as f
      join handoff.alerts as a on a.kind = f ->> 'kind' and a.subject = f ->> 'subject' and a.opened_at = (f ->> 'opened_at')::timestamptz
      join handoff.enrollments as e on e.id = a.enrollment_id
      join handoff.profiles as p on p.id = e.student_id
    ), ', ' order by o.made_at
  )
  from handoff.outbox as o where o.kind = 'digest'
$$;
create function pg_temp.at(p_when text) returns void language sql as $$
  select test.set_clock(p_when::timestamp at time zone 'America/New_York');
  select handoff.sweep_alerts();
$$;
select pg_temp.wrong('ann');
select pg_temp.at('2026-03-02 07:00');
select is(pg_temp.digests(), '02 07:00 ann', 'at the hour');

-- Later on the same day.
select pg_temp.at('2026-03-02 08:00'), pg_temp.wrong('ben');
update handoff.school set digest_at = '18:00';
select pg_temp.at('2026-03-02 18:00');
select is(pg_temp.digests(), '02 07:00 ann', 'a later hour brings no second one of the day');
select pg_temp.at('2026-03-02 19:00'), pg_temp.wrong('cid');
select pg_temp.at('2026-03-03 17:59');
select is(pg_temp.digests(), '02 07:00 ann', 'what is new waits');
select pg_temp.at('2026-03-03 18:00');
select is(pg_temp.digests(), '02 07:00 ann, 03 18:00 ben cid', 'and is told on the next, all of it');

-- Earlier, past the hour.
select pg_temp.at('2026-03-04 06:00'), pg_temp.wrong('dot');
select pg_temp.at('2026-03-04 12:00'), pg_temp.wrong('eva');
update handoff.school set digest_at = '07:00';
select pg_temp.at('2026-03-04 12:01');
select is(pg_temp.digests(), '02 07:00 ann, 03 18:00 ben cid, 04 12:01 dot', 'an earlier hour is over at once');
select pg_temp.at('2026-03-05 07:00');
select is(pg_temp.digests(), '02 07:00 ann, 03 18:00 ben cid, 04 12:01 dot, 05 07:00 eva', 'what came after it waits for the next');

-- Earlier, on a day whose mail has gone out.
select pg_temp.at('2026-03-05 08:00'), pg_temp.wrong('fay');
update handoff.school set digest_at = '06:00';
select pg_temp.at('2026-03-05 09:00');
select is(pg_temp.digests(), '02 07:00 ann, 03 18:00 ben cid, 04 12:01 dot, 05 07:00 eva', 'nothing twice');
select pg_temp.at('2026-03-06 06:00');
select is(right(pg_temp.digests(), 12), '06 06:00 fay', 'nothing lost');

-- Another zone: it is a day later there, then a day earlier.
select pg_temp.at('2026-03-06 12:00'), pg_temp.wrong('gus');
update handoff.school set time_zone = 'Pacific/Kiritimati';
select pg_temp.at('2026-03-06 12:01');
select is(right(pg_temp.digests(), 12), '06 06:00 fay', 'the day''s mail has gone out');
select pg_temp.at('2026-03-07 12:00');
select is(right(pg_temp.digests(), 12), '07 12:00 gus', 'the next tells what came meanwhile');
select pg_temp.at('2026-03-07 13:00'), pg_temp.wrong('hal');
update handoff.school set time_zone = 'Pacific/Pago_Pago';
select pg_temp.at('2026-03-07 14:00'), pg_temp.at('2026-03-08 13:00'), pg_temp.at('2026-03-09 13:00'), pg_temp.at('2026-03-10 13:00');
select is(right(pg_temp.digests(), 3), 'hal', 'a day that had its mail has no second, and nothing is lost');
select is((select count(*) from handoff.alerts as a where a.kind = 'enrollment_blocked' and a.closed_at is null and a.digested_at is null), 0::bigint, 'all is told');
select * from finish();
rollback;
