begin;
select plan(11);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as johns;
grant select on given to public;
insert into handoff.alerts (id, kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)
select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'events_waiting', case when n in (3, 5) then 'severe' else 'notice' end, 'a' || n, 'hsi', '{}',
  '2026-03-01'::timestamptz + make_interval(hours => n / 2), '2026-03-02'
from generate_series(1, 6) as n;
insert into handoff.alerts (id, kind, severity, enrollment_id, step_id, partner_slug, numbers, opened_at, last_seen_at, closed_at)
select '00000000-0000-4000-8000-000000000009', 'stuck_student', 'notice', johns, test.step(johns, 1), 'hsi', '{}', '2026-03-01', '2026-03-02', '2026-03-02' from given;
create function pg_temp.ids(p_state text, p_kinds text[] default null, p_severity text default null, p_at timestamptz default null, p_id uuid default null, p_limit integer default 50)
returns text language sql as $$
  select string_agg(right(f.id::text, 1), ' ' order by f.place)
  from handoff.find_alerts(p_kinds, p_state, p_severity, p_at, p_id, p_limit) with ordinality as f (
    id, enrollment_id, kind, about, severity, numbers, opened_at, closed_at, acknowledged_at, acknowledged_by, snoozed_until, owner, partner_slug,
    partner_name, program_name, student_name, student_email, person_name, place
  )
$$;
select test.as_admin(ada) from given;
select is(pg_temp.ids('new'), '3 5 1 2 4 6', 'worst and oldest first');
select is(pg_temp.ids('new', p_limit => 3), '3 5 1', 'a page');
select is(pg_temp.ids('new', null, 'notice', '2026-03-01 00:00+00', '00000000-0000-4000-8000-000000000001', 3), '2 4 6', 'and the next');
select is(pg_temp.ids('new', null, 'severe', '2026-03-01 01:00+00', '00000000-0000-4000-8000-000000000003'), '5 1 2 4 6', 'after a severe one');
select is(pg_temp.ids('new', array['stuck_student']), null, 'of a kind');
select is(pg_temp.ids('closed'), '9', 'those that are over');
select results_eq(
  'select f.student_name, f.program_name, f.partner_name from handoff.find_alerts(null, ''closed'') as f',
  $$values ('John Student', 'Certified Nursing Assistant (CNA)', 'Health & Safety Institute')$$, 'with whom they are about'
);
select handoff.acknowledge_alert('00000000-0000-4000-8000-000000000001');
select handoff.snooze_alert('00000000-0000-4000-8000-000000000002', '2026-03-03 12:00+00', 'later');
select is(pg_temp.ids('known'), '1 2', 'known to somebody, or left alone');
select is(pg_temp.ids('new'), '3 5 4 6', 'those are not new');
select test.as_dba();
select test.travel('2 days');
select test.as_admin(ada) from given;
select is(pg_temp.ids('new'), '3 5 2 4 6', 'until the time is over');
select test.as_admin(john) from given;
select is(pg_temp.ids('new'), null, 'nobody but an admin sees any');
select * from finish();
rollback;
