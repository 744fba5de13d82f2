begin;
select plan(13);

select throws_ok(
  format('select handoff.create_profile(%L, %L, %L)', c.email, c.full_name, c.role), 'TH400', null, c.what
) from (values
  (null, 'John Student', 'student', 'no address'),
  ('', 'John Student', 'student', 'an empty address'),
  ('john', 'John Student', 'student', 'an address without @'),
  ('john@doe@test.example', 'John Student', 'student', 'an address with two @'),
  ('john doe@test.example', 'John Student', 'student', 'an address with a blank'),
  (E'john@test.example\nBcc: all@test.example', 'John Student', 'student', 'an address with a line break'),
  (repeat('x', 250) || '@test.example', 'John Student', 'student', 'an address of more than 254 characters'),
  ('john@test.example', null, 'student', 'no name'),
  ('john@test.example', '   ', 'student', 'a blank name'),
  ('john@test.example', E'John\tStudent', 'student', 'a name with a control character'),
  ('john@test.example', repeat('x', 201), 'student', 'a name of more than 200 characters'),
  ('john@test.example', 'John Student', 'owner', 'an unknown role'),
  ('john@test.example', 'John Student', null, 'no role')
) as c (email, full_name, role, what);

select * from finish();
rollback;
