begin;
select plan(16);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada, test.enroll('medical-assistant', 'ann@test.example') as ann;
select test.travel('1 hour');
alter table given add column ben uuid, add column cal uuid;
update given set ben = test.enroll('cna', 'ben@test.example');
select test.travel('1 hour');
update given set cal = test.enroll('cna', 'cal@test.example');
select handoff.hold_enrollment(cal, 'ill') from given;
grant select on given to public;
create function pg_temp.listed(p_state text default null, p_program text default null, p_partner text default null, p_text text default null) returns text language sql as $$
  select coalesce(string_agg(split_part(s.email, '@', 1), ' '), '') from handoff.students_listed(p_state, p_program, p_partner, p_text) as s
$$;
select test.as_admin(ada) from given;
select is(pg_temp.listed(), 'cal ben ann', 'all, the newest first');
select is(pg_temp.listed('on_hold'), 'cal', 'of a status');
select is(pg_temp.listed('completed'), '', 'of which there is none');
select is(pg_temp.listed(null, 'cna'), 'cal ben', 'of a program');
select is(pg_temp.listed('active', 'cna'), 'ben', 'of both');
select is(pg_temp.listed(null, null, 'hsi'), 'cal ben ann', 'in progress with a partner');
select is(pg_temp.listed(null, null, 'certiport'), '', 'not only to come');
select is(pg_temp.listed(null, null, null, 'ben'), 'ben', 'of a name');
select is((select string_agg(split_part(s.email, '@', 1), ' ') from handoff.students_listed(p_limit => 2) as s), 'cal ben', 'a page');
select is(
  (
    select string_agg(split_part(n.email, '@', 1), ' ')
    from (select s.* from handoff.students_listed(p_limit => 2) as s offset 1) as l
    cross join lateral handoff.students_listed(p_before_at => l.enrolled_at, p_before_id => l.enrollment_id) as n
  ), 'ann', 'the next page'
);
select is(s.steps -> 0 ->> 'status', 'in_progress', 'with the steps') from handoff.students_listed(p_text => 'ann') as s;
select is(s.since, '2026-01-05 09:00+00', 'since when the step goes on') from handoff.students_listed(p_text => 'ann') as s;
select is(s.is_late, false, 'nobody is late') from handoff.students_listed(p_text => 'ann') as s;
select test.as_dba();
select test.follow_trail();
select test.travel('1 year');
select handoff.sweep_alerts();
select test.as_admin(ada) from given;
select ok(pg_temp.listed('late') like '%ann%', 'until an alert says so');
select test.as_dba();
select test.enroll('cna', 'many-' || n || '@test.example') from generate_series(1, 230) as n;
select test.as_admin(ada) from given;
select is((select count(*) from handoff.students_listed(p_text => 'many', p_limit => 1000)), 230::bigint, 'all of a name, however many');
select test.as_admin((select e.student_id from handoff.enrollments as e where e.id = ann)) from given;
select is(pg_temp.listed(), '', 'a student''s claims list nobody');
select * from finish();
rollback;
