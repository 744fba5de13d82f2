begin;
select plan(21);

select test.student('john@test.example');
select is(
  test.refused_by(format(
    'insert into handoff.profiles (email, full_name, role, created_at) values (%L, %L, %L, handoff.clock())', c.email, c.full_name, c.role
  )), c.by, c.what
) from (values
  ('jane@test.example', 'Jane Student', 'student', null, 'a person'),
  ('Jane@test.example', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address with a capital'),
  ('jane', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address without @'),
  ('jane@', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address without domain'),
  ('@test.example', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address without name'),
  ('j ane@test.example', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address with a space'),
  (E'jane@test.example\n', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address with a line break'),
  (repeat('x', 242) || '@test.example', 'Jane Student', 'student', '23514:profiles_email_shape', 'an address of 255 characters'),
  (repeat('x', 241) || '@test.example', 'Jane Student', 'student', null, 'an address of 254'),
  ('jane@test.example', '', 'student', '23514:profiles_full_name_shape', 'an empty name'),
  ('jane@test.example', ' Jane', 'student', '23514:profiles_full_name_shape', 'a name with space around it'),
  ('jane@test.example', E'Jane\nStudent', 'student', '23514:profiles_full_name_shape', 'a name with a line break'),
  ('jane@test.example', repeat('x', 201), 'student', '23514:profiles_full_name_shape', 'a name of 201 characters'),
  ('jane@test.example', 'Jane Student', 'owner', '23514:profiles_role_known', 'an unknown role'),
  ('jane@test.example', 'Jane Student', null, '23502:', 'no role'),
  ('john@test.example', 'Another John', 'student', '23505:profiles_email_key', 'an address that is another''s')
) as c (email, full_name, role, by, what);
select is(
  test.refused_by('insert into handoff.profiles select * from handoff.profiles where email = ''john@test.example'''), '23505:profiles_pkey', 'an id that is another''s'
);

select handoff.merge_profiles(test.student('twin@test.example'), test.student('john@test.example'), 'entered twice');
alter table handoff.acts drop constraint acts_merged_into_fkey;
select is(
  replace(test.refused_by('delete from handoff.profiles where email = ''john@test.example'''), '23001', '23503'), '23503:profiles_merged_into_fkey',
  'who took another in stays'
);
select is(
  test.refused_by('update handoff.profiles set disabled_at = null where email = ''twin@test.example'''), '23514:profiles_gone_have_no_access',
  'who was merged has no access'
);
select is(
  test.refused_by('update handoff.profiles set erased_at = now() where email = ''john@test.example'''), '23514:profiles_gone_have_no_access',
  'nor who is forgotten'
);
select is(
  test.refused_by('update handoff.profiles set merged_into = id where email = ''twin@test.example'''), '23514:profiles_merged_into_another',
  'nobody is merged into the same person'
);

select * from finish();
rollback;
