begin;
select plan(34);

create temporary table given as select test.student() as john;
create function pg_temp.add(
  p_status text, p_activated text default null, p_completed text default null, p_withdrawn text default null, p_program text default 'cna'
) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at, completed_at, withdrawn_at)
     values (%L, %L, %L, %L, %L, %L, %L)', (select john from given), p_program, p_status, '2026-03-02', p_activated, p_completed, p_withdrawn
  ))
$$;

select is(pg_temp.add(c.status, c.activated, c.completed, c.withdrawn), c.by, c.what)
from (values
  ('pending', null, null, null, null, 'pending'),
  ('pending', '2026-03-02', null, null, '23514:enrollments_status_holds', 'pending, and activated'),
  ('pending', null, '2026-03-02', null, '23514:enrollments_status_holds', 'pending, and completed'),
  ('pending', null, null, '2026-03-02', '23514:enrollments_status_holds', 'pending, and withdrawn'),
  ('active', '2026-03-02', null, null, null, 'active'),
  ('active', null, null, null, '23514:enrollments_status_holds', 'active, and never activated'),
  ('active', '2026-03-02', '2026-03-02', null, '23514:enrollments_status_holds', 'active, and completed'),
  ('active', '2026-03-02', null, '2026-03-02', '23514:enrollments_status_holds', 'active, and withdrawn'),
  ('on_hold', '2026-03-02', null, null, null, 'on hold'),
  ('on_hold', null, null, null, '23514:enrollments_status_holds', 'on hold, and never activated'),
  ('on_hold', '2026-03-02', '2026-03-02', null, '23514:enrollments_status_holds', 'on hold, and completed'),
  ('on_hold', '2026-03-02', null, '2026-03-02', '23514:enrollments_status_holds', 'on hold, and withdrawn'),
  ('completed', '2026-03-02', '2026-03-02', null, null, 'completed'),
  ('completed', '2026-03-02', null, null, '23514:enrollments_status_holds', 'completed without its time'),
  ('completed', null, '2026-03-02', null, '23514:enrollments_status_holds', 'completed, and never activated'),
  ('completed', '2026-03-02', '2026-03-02', '2026-03-02', '23514:enrollments_status_holds', 'completed, and withdrawn'),
  ('withdrawn', null, null, '2026-03-02', null, 'withdrawn'),
  ('withdrawn', '2026-03-02', null, null, '23514:enrollments_status_holds', 'withdrawn without its time'),
  ('withdrawn', '2026-03-02', '2026-03-02', '2026-03-02', '23514:enrollments_status_holds', 'withdrawn, and completed'),
  ('dropped', '2026-03-02', null, null, '23514:enrollments_status_holds', 'an unknown status'),
  (null, '2026-03-02', null, null, '23502:', 'no status'),
  ('active', '2026-03-01', null, null, '23514:enrollments_time_order', 'activated before it was made'),
  ('completed', '2026-03-04', '2026-03-03', null, '23514:enrollments_time_order', 'completed before it was activated'),
  ('withdrawn', null, null, '2026-03-01', '23514:enrollments_time_order', 'withdrawn before it was made')
) as c (status, activated, completed, withdrawn, by, what);

select test.enroll('cna');
select is(
  array[pg_temp.add('pending'), pg_temp.add('active', '2026-03-02'), pg_temp.add('on_hold', '2026-03-02')],
  array_fill('23505:enrollments_one_open'::text, array[3]), 'a second open enrollment of a student in a program'
);
select is(
  array[pg_temp.add('completed', '2026-03-02', '2026-03-02'), pg_temp.add('withdrawn', null, null, '2026-03-02')],
  array[null, null]::text[], 'but any number of closed ones'
);
select is(pg_temp.add('active', '2026-03-02', p_program => 'unknown'), '23503:enrollments_program_slug_fkey', 'an unknown program');
select is(
  test.refused_by($$insert into handoff.enrollments (student_id, program_slug, status, enrolled_at)
    values (gen_random_uuid(), 'cna', 'pending', handoff.clock())$$), '23503:enrollments_student_id_fkey', 'an unknown student'
);
select is(
  test.refused_by($$insert into handoff.enrollments (id, student_id, program_slug, status, enrolled_at)
    select e.id, e.student_id, 'emt', 'pending', e.enrolled_at from handoff.enrollments as e where e.student_id = test.student()$$),
  '23505:enrollments_pkey', 'an id that is another''s'
);

insert into handoff.enrollments (student_id, program_slug, status, enrolled_at) select john, 'emt', 'pending', now() from given;
select is(test.refused_by(format('update handoff.enrollments set cohort = %L', c.cohort)), c.by, c.what)
from (values
  ('Fall 2026', null, 'a cohort'),
  ('', '23514:enrollments_cohort_shape', 'an empty one'),
  (' Fall', '23514:enrollments_cohort_shape', 'one with a space before it'),
  (E'a\nb', '23514:enrollments_cohort_shape', 'one of two lines'),
  (repeat('x', 101), '23514:enrollments_cohort_shape', 'a long one')
) as c (cohort, by, what);
select * from finish();
rollback;
