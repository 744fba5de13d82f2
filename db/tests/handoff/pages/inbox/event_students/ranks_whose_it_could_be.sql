begin;
select plan(8);
select test.set_clock('2026-03-02 12:00+00');
create function pg_temp.person(p_name text, p_email text) returns uuid language sql as $$
  insert into handoff.profiles (email, full_name, role, created_at) values (p_email, p_name, 'student', handoff.clock()) returning id
$$;
create temporary table given as
select
  test.admin() as ada, pg_temp.person('Priya Patel', 'priya@test.example') as priya, pg_temp.person('Raj Patel', 'raj@test.example') as raj,
  pg_temp.person('Ann Other', 'ann@test.example') as ann, pg_temp.person('Una Patel', 'una@test.example') as una,
  pg_temp.person('Lin Patel', 'lin@test.example') as lin, pg_temp.person('Late Patel', 'late@test.example') as late;
grant select on given to public;
select test.enroll('cna', 'ann@test.example'), test.enroll('cna', 'lin@test.example');
select test.travel('1 day');
select test.enroll('cna', 'priya@test.example'), test.enroll('cna', 'raj@test.example');
select handoff.link_partner_account('hsi', 'of-lin', lin) from given;
select test.travel('1 day');
select test.send('hsi', 'course.completed', null, '{"student_id": "PP-77", "first_name": "Priya", "last_name": "PATEL", "course_name": "Other"}', 'named');
select test.send('hsi', 'course.completed', null, '{"student_id": "raj.patel"}', 'by id');
select test.send('hsi', 'course.completed', null, '{"student_id": "H-1"}', 'nameless');
select test.travel('1 day');
select test.enroll('cna', 'late@test.example');
select test.sweep();
create function pg_temp.students(p_key text) returns text language sql security definer as $$
  select string_agg(split_part(s.email, '@', 1), ' ' order by s.place)
  from handoff.partner_events as e
  cross join lateral handoff.event_students(e.receipt) with ordinality as s (
    student_id, full_name, email, programs, waits_since, is_enrolled_before, words_alike, other_account, place
  )
  where e.event_key = p_key
$$;

select test.as_admin(ada) from given;
select is(
  pg_temp.students('named'), 'priya raj ann lin late una',
  'who waits for the partner since before it, most alike first; who has an account there; who came later; who does not wait'
);
select is(split_part(pg_temp.students('by id'), ' ', 1), 'raj', 'the id itself can be a name');
select is(pg_temp.students('nameless'), 'ann priya raj', 'without a name, who has waited longest and has no account');
select results_eq(
  $$
  select s.full_name, s.programs, s.waits_since, s.is_enrolled_before, s.words_alike, s.other_account
  from handoff.partner_events as e cross join lateral handoff.event_students(e.receipt) as s
  where e.event_key = 'named' and s.full_name in ('Priya Patel', 'Lin Patel', 'Una Patel')
  $$,
  $$values
    ('Priya Patel', 'Certified Nursing Assistant (CNA)', timestamptz '2026-03-03 12:00+00', true, 2, null),
    ('Lin Patel', 'Certified Nursing Assistant (CNA)', '2026-03-02 12:00+00', true, 1, 'of-lin'),
    ('Una Patel', null, null, false, 1, null)$$,
  'with why'
);
select handoff.disable_profile(priya, 'left') from given;
select is(split_part(pg_temp.students('named'), ' ', 1), 'raj', 'nobody whose access was taken away');
select handoff.link_partner_account('hsi', 'PP-77', raj) from given;
select is(pg_temp.students('named'), null, 'none where the student is known');
select test.as_admin(ann) from given;
select throws_ok('select handoff.event_students(gen_random_uuid())', 'TH403', null, 'an admin''s role with a student''s claims is refused');
select test.as_student(ann) from given;
select throws_ok('select handoff.event_students(gen_random_uuid())', '42501', null, 'a student may not ask');
select * from finish();
rollback;
