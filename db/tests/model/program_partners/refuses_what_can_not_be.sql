begin;
select plan(19);

insert into handoff.programs (slug, name, category) values ('welding', 'Welding', 'Test'), ('welding-2', 'Welding 2', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref)
values ('welding', 'hsi', 1, 'cpr-101'), ('welding', 'hsi', 2, 'bbp-202'), ('welding', 'jri', 3, null);

select is(
  test.refused_by(format(
    'insert into handoff.program_partners (program_slug, partner_slug, sequence_order, course_ref) values (%L, %L, %L, %L)',
    c.program, c.partner, c.place, c.course
  )), c.by, c.what
) from (values
  ('welding', 'milady', 4, null, null, 'a fourth partner'),
  ('welding', 'milady', 3, null, '23505:program_partners_order_unique', 'a place in the order that is taken'),
  ('welding', 'milady', 0, null, '23514:program_partners_order_positive', 'a place before the first'),
  ('welding', 'milady', null, null, '23502:', 'no place: there is no default, so none is doubled by it'),
  ('welding', 'hsi', 4, 'fire-303', null, 'the same partner again, when both name their course'),
  ('welding', 'hsi', 4, 'cpr-101', '23P01:program_partners_course_mapped_once', 'the same course of the same partner'),
  ('welding', 'hsi', 4, null, '23P01:program_partners_course_mapped_once', 'any course of a partner that has a named one'),
  ('welding', 'jri', 4, 'badges', '23P01:program_partners_course_mapped_once', 'a named course of a partner that has any'),
  ('welding', 'jri', 4, null, '23P01:program_partners_course_mapped_once', 'any course twice'),
  ('welding-2', 'hsi', 1, 'cpr-101', null, 'the same in another program'),
  ('welding-2', 'hsi', 1, null, null, 'or any course there'),
  ('welding', 'milady', 4, '', '23514:program_partners_course_ref_shape', 'a course without a name'),
  ('welding', 'milady', 4, E'a\nb', '23514:program_partners_course_ref_shape', 'a course with a line break'),
  ('welding', 'milady', 4, repeat('x', 256), '23514:program_partners_course_ref_shape', 'a course of 256 characters'),
  ('unknown', 'hsi', 1, null, '23503:program_partners_program_slug_fkey', 'an unknown program'),
  ('welding', 'unknown', 4, null, '23503:program_partners_partner_slug_fkey', 'an unknown partner')
) as c (program, partner, place, course, by, what);
select is(test.refused_by('update handoff.program_partners set stuck_after_days = 0'), '23514:program_partners_stuck_after_days_positive', 'late after no day');
select is(test.refused_by('update handoff.program_partners set stuck_after_days = 1'), null, 'late after one');
select is(
  test.refused_by('insert into handoff.program_partners select * from handoff.program_partners where program_slug = ''welding'' limit 1'),
  '23505:program_partners_pkey', 'an id that is another''s'
);

select * from finish();
rollback;
