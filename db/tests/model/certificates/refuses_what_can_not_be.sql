begin;
select plan(19);

create temporary table given as
  select test.enrollment_in('completed') as done, test.enrollment_in('active') as open, test.student('jane@test.example') as jane;
create temporary table issued as select c.* from handoff.certificates as c, given where c.enrollment_id = given.done;

-- A second certificate like the first, revoked, so that only what is asked stands in the way.
create function pg_temp.copy(p_but jsonb) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.certificates select (jsonb_populate_record(i, %L)).* from issued as i',
    jsonb_build_object('number', '0123-4567-89AB-CDEF-G', 'revoked_at', now()) || p_but
  ))
$$;

select is(pg_temp.copy(c.but::jsonb), c.by, c.what)
from (values
  ('{}', null, 'a second certificate that was revoked'),
  ('{"student_name": null}', null, 'one without the name of who was erased'),
  ('{"revoked_at": null}', '23505:certificates_one_valid', 'a second valid certificate of an enrollment'),
  ('{"number": "0123-4567-89AB-CDEF"}', '23514:certificates_number_shape', 'a number without a check character'),
  ('{"number": "0123-4567-89AB-CDEI-G"}', '23514:certificates_number_shape', 'a number with an I'),
  ('{"number": "0123-4567-89AB-CDEF-O"}', '23514:certificates_number_shape', 'a check character O'),
  ('{"number": "0123456789ABCDEFG"}', '23514:certificates_number_shape', 'a number without dashes'),
  ('{"number": "0123-4567-89ab-cdef-g"}', '23514:certificates_number_shape', 'a number in small letters'),
  ('{"completed_at": "2020-01-01T00:00:00Z"}', null, 'completed before enrolled: a partner says when'),
  ('{"issued_at": "2020-01-01T00:00:00Z"}', '23514:certificates_time_order', 'issued before completed'),
  ('{"partners": []}', '23514:certificates_partners_named', 'a certificate of nothing'),
  ('{"partners": {"partner": "HSI"}}', '23514:certificates_partners_named', 'partners that are no list'),
  ('{"program_slug": "unknown"}', '23503:certificates_program_slug_fkey', 'an unknown program'),
  ('{"replaced_by": "0123-4567-89AB-CDEF-H"}', '23514:certificates_replaced_by_another', 'replaced, but not when'),
  ('{"replaced_by": "0123-4567-89AB-CDEF-G", "replaced_at": "2030-01-01T00:00:00Z", "revoked_at": null}',
    '23514:certificates_replaced_by_another', 'replaced by itself'),
  ('{"replaced_by": "0123-4567-89AB-CDEF-H", "replaced_at": "2030-01-01T00:00:00Z"}', '23514:certificates_ended_once', 'revoked and replaced'),
  ('{"replaced_by": "0123-4567-89AB-CDEF-H", "replaced_at": "2030-01-01T00:00:00Z", "revoked_at": null}',
    '23503:certificates_replaced_by_fkey', 'replaced by an unknown one')
) as c (but, by, what);
select is(
  pg_temp.copy(jsonb_build_object('student_id', jane)), '23503:certificates_enrollment_id_student_id_fkey', 'the enrollment of another student'
) from given;
select is(pg_temp.copy(jsonb_build_object('number', number, 'enrollment_id', open)), '23505:certificates_pkey', 'a number that is another''s')
from given, issued;

select * from finish();
rollback;
