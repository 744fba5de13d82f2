begin;
select plan(20);
select test.set_clock('2026-03-02 12:00+00');
update handoff.partners set stuck_after_days = 300;
create temporary table given as select test.admin() as ada;
grant select on given to public;
create function pg_temp.enroll(p_count integer) returns void language sql as
  $$select test.enroll('cpr-first-aid', 's' || gen_random_uuid() || '@test.example') from generate_series(1, p_count)$$;
create function pg_temp.complete(p_count integer) returns text language sql as $$
  select string_agg(distinct test.send('hsi', 'course.completed', e.student_id), ' ')
  from (select e.student_id from handoff.enrollments as e where e.status = 'active' order by e.enrolled_at, e.id limit p_count) as e
$$;
create function pg_temp.enter(p_count integer) returns void language sql as $$
  select test.send('hsi', 'course.completed', e.student_id, '{}', null, 'manual')
  from (select e.student_id from handoff.enrollments as e where e.status = 'active' order by e.enrolled_at, e.id limit p_count) as e
$$;
select pg_temp.enroll(5);
select test.travel('9 minutes 59 seconds');
select is(pg_temp.complete(2), 'accepted:completed', 'two are done in ten minutes');
select is(test.sweep(), null, 'which may be a mistake');
select pg_temp.complete(1);
select is(test.sweep(), 'completion_anomaly too_soon hsi', 'three can not be');
select is((select a.numbers from handoff.alerts as a), '{"completions": 3, "minutes": 10}', 'by so much');
select test.travel('1 second');
select pg_temp.complete(1);
select test.sweep();
select is((select a.numbers ->> 'completions' from handoff.alerts as a), '3', 'ten minutes are time enough');
select test.travel('1 day');
select is(test.sweep(), null, 'it is of a day');

select pg_temp.complete(1);
select test.sweep();
select pg_temp.enroll(30);
select test.travel('12 days');
select pg_temp.complete(3);
select is(test.sweep(), null, 'some are done');
select test.travel('1 day');
select pg_temp.complete(13);
select is(test.sweep(), 'completion_anomaly many hsi', 'more than three times as many as on the busiest of the days before');
select is((select a.numbers from handoff.alerts as a where a.closed_at is null), '{"completions": 13, "most_before": 4, "days": 14}', 'told with both');
select test.travel('1 day');
select is(test.sweep(), null, 'for the day');
select pg_temp.enroll(15);
select test.travel('1 hour');
select pg_temp.complete(29);
select is(test.sweep(), null, 'it was a busy day, so another is usual');

select pg_temp.enroll(20);
select test.travel('1 day');
select test.as_admin(ada) from given;
select pg_temp.enter(19);
select test.as_dba();
select is(test.sweep(), null, 'nineteen by one person');
select test.as_admin(ada) from given;
select pg_temp.enter(1);
select test.as_dba();
select is(test.sweep(), 'completion_anomaly by_hand', 'twenty are told');
select is((select a.profile_id from handoff.alerts as a where a.closed_at is null), (select ada from given), 'of whom');
select test.travel('1 day');
select is(test.sweep(), null, 'for the day');

create temporary table john as select test.enroll('cna') as id, test.student() as john;
select test.travel('1 hour');
select is(test.send('hsi', 'certificate.issued', john), 'accepted:evidence', 'the partner gives its certificate') from john;
select test.travel('1 day');
select is(test.sweep(), null, 'the completion may still come');
select test.travel('1 second');
select is(test.sweep(), 'completion_anomaly without_completion hsi', 'but should have');
select test.travel('5 days');
select is(test.sweep(), 'completion_anomaly without_completion hsi', 'as long as it does not');
select test.send('hsi', 'course.completed', john) from john;
select is(test.sweep(), null, 'until it has');
select * from finish();
rollback;
