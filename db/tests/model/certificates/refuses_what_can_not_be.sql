begin;
select plan(15);

create temporary table given as
  select test.enrollment_in('completed') as done, test.enrollment_in('active') as open, test.student('jane@test.example') as jane;
create temporary table issued as select c.* from handoff.certificates as c, given where c.enrollment_id = given.done;

select is(test.refused_by(format('update handoff.certificates set %s where number = %L', c.change, number)), c.by, c.what)
from issued cross join (values
  ('number = ''0123-4567-89AB-CDEF-G''', null, 'a number'),
  ('number = ''0123-4567-89AB-CDEF''', '23514:certificates_number_shape', 'a number without a check character'),
  ('number = ''0123-4567-89AB-CDEI-G''', '23514:certificates_number_shape', 'a number with an I'),
  ('number = ''0123-4567-89AB-CDEF-O''', '23514:certificates_number_shape', 'a check character O'),
  ('number = ''0123456789ABCDEFG''', '23514:certificates_number_shape', 'a number without dashes'),
  ('number = ''0123-4567-89ab-cdef-g''', '23514:certificates_number_shape', 'a number in small letters'),
  ('completed_at = enrolled_at - interval ''1 second''', '23514:certificates_time_order', 'completed before enrolled'),
  ('issued_at = completed_at - interval ''1 second''', '23514:certificates_time_order', 'issued before completed'),
  ('partners = ''[]''', '23514:certificates_partners_named', 'a certificate of nothing'),
  ('partners = ''{"partner": "HSI"}''', '23514:certificates_partners_named', 'partners that are no list'),
  ('program_slug = ''unknown''', '23503:certificates_program_slug_fkey', 'an unknown program'),
  ('student_id = gen_random_uuid()', '23503:certificates_student_id_fkey', 'an unknown student'),
  (format('student_id = %L', (select jane from given)), '23503:certificates_enrollment_id_student_id_fkey', 'the enrollment of another student')
) as c (change, by, what);
create function pg_temp.copy(p_number text, p_enrollment uuid) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.certificates select (jsonb_populate_record(i, %L)).* from issued as i',
    jsonb_strip_nulls(jsonb_build_object('number', p_number, 'enrollment_id', p_enrollment))
  ))
$$;
select is(pg_temp.copy('0123-4567-89AB-CDEF-G', null), '23505:certificates_enrollment_id_key', 'a second certificate of an enrollment');
select is(pg_temp.copy(null, open), '23505:certificates_pkey', 'a number that is another''s') from given;

select * from finish();
rollback;
