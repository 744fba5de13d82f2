begin;
select plan(7);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.admin() as ada, test.student('x@test.example') as john;
grant select on given to public;
create function pg_temp.of_hsi() returns text language sql as $$
  select concat_ws(' ', p.stuck, p.timed, p.median_days, p.first_day) from handoff.partner_pace() as p where p.partner_slug = 'hsi'
$$;
create function pg_temp.begin(p_name text) returns void language sql as $$
  select test.enroll('cpr-first-aid', p_name || '@test.example')
$$;
create function pg_temp.finish(p_name text) returns void language sql as $$
  select test.send('hsi', 'course.completed', p.id) from handoff.profiles as p where p.email = p_name || '@test.example'
$$;
select test.as_admin(ada) from given;
select is(pg_temp.of_hsi(), '0 0 2026-02-01', 'nothing yet: no median of nothing');
select is((select p.completions from handoff.partner_pace() as p where p.partner_slug = 'hsi'), array_fill(0, array[30]), 'thirty days with none');
select test.as_dba();
select pg_temp.begin('a'), pg_temp.begin('b'), pg_temp.begin('c'), pg_temp.begin('late');
select test.travel('1 day');
select pg_temp.finish('a');
select test.travel('1 day');
select pg_temp.finish('b');
select test.travel('4 days');
select pg_temp.finish('c');
select test.travel('5 days');
select test.sweep();
select test.as_admin(ada) from given;
select is(pg_temp.of_hsi(), '1 3 2.0 2026-02-12', 'who is late, and the median of the days that a step took');
select is(
  (select p.completions[19 :] from handoff.partner_pace() as p where p.partner_slug = 'hsi'), array[0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0],
  'completions on each day, today''s last'
);
select is((select count(*) from handoff.partner_pace()), (select count(*) from handoff.partners), 'each partner has its row');
select test.as_admin(john) from given;
select is_empty('select from handoff.partner_pace()', 'an admin''s role with a student''s claims sees none');
select test.as_student(john) from given;
select throws_ok('select from handoff.partner_pace()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
