begin;
select plan(7);

create temporary table given as select test.student() as john, test.student('jane@test.example') as jane;
select handoff.correct_profile(john, null, 'Jon', 'misspelt') from given;
select is(
  test.refused_by(format(
    'insert into handoff.profile_corrections (occurred_at, act, profile_id, other_id, reason, actor_role) values (now(), %L, %L, %L, %L, ''x'')',
    c.act, case when c.has_person then john end, case when c.has_other then jane end, c.reason
  )), c.by, c.what
) from given, (values
  ('corrected', true, false, 'mistyped', null, 'a correction'),
  ('merged', true, true, 'entered twice', null, 'a merge'),
  ('merged', true, false, 'x', '23514:profile_corrections_merged_with_another', 'a merge with nobody'),
  ('promoted', true, false, 'x', '23514:profile_corrections_act_known', 'an unknown act'),
  ('corrected', false, false, 'x', '23502:', 'nobody'),
  ('corrected', true, false, null, '23502:', 'no reason')
) as c (act, has_person, has_other, reason, by, what);

select is(
  test.refused_by('insert into handoff.profile_corrections select * from handoff.profile_corrections'), '23505:profile_corrections_pkey', 'an id that is another''s'
);

select * from finish();
rollback;
