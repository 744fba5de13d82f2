begin;
select plan(8);

select is(test.refused_by(format('insert into handoff.programs (slug, name, category) values (%L, %L, ''Test'')', c.slug, c.name)), c.by, c.what)
from (values
  ('welding', 'Welding', null, 'a program'),
  ('Welding', 'Welding', '23514:programs_slug_shape', 'a slug with a capital'),
  ('wel ding', 'Welding', '23514:programs_slug_shape', 'a slug with a space'),
  ('', 'Welding', '23514:programs_slug_shape', 'an empty slug'),
  ('welding', '', '23514:programs_name_shape', 'an empty name'),
  ('welding', 'Welding ', '23514:programs_name_shape', 'a name with space around it'),
  ('welding', repeat('x', 201), '23514:programs_name_shape', 'a name of 201 characters'),
  ('cna', 'Welding', '23505:programs_pkey', 'a slug that is another''s')
) as c (slug, name, by, what);

select * from finish();
rollback;
