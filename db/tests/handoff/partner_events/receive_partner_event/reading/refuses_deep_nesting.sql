begin;
select plan(15);

-- The outer object is the first level; levels(63) fills the rest.
create function pg_temp.with_levels(p_opening text, p_inner text, p_closing text, p_levels integer) returns bytea language sql as $$
  select convert_to(
    '{"event":"course.completed","student_id":"s","x":'
      || repeat(p_opening, p_levels) || p_inner || repeat(p_closing, p_levels) || '}',
    'UTF8'
  )
$$;

select is(test.deliver_raw('hsi', pg_temp.with_levels('[', '1', ']', 63)), 'parked:unknown_student', 'arrays, 64 levels');
select is(test.deliver_raw('hsi', pg_temp.with_levels('[', '1', ']', 64)), 'rejected:too_deep', 'arrays, 65 levels');
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('{"a":', '1', '}', 63)), 'parked:unknown_student', 'objects, 64 levels'
);
select is(test.deliver_raw('hsi', pg_temp.with_levels('{"a":', '1', '}', 64)), 'rejected:too_deep', 'objects, 65 levels');
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('[{"a":', '1', '}]', 31)),
  'parked:unknown_student', 'both in turn, 63 levels'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('[{"a":', '1', '}]', 32)), 'rejected:too_deep', 'both in turn, 65 levels'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('[', repeat('[],', 20000) || '[]', ']', 62)), 'parked:unknown_student',
  'as wide as can be, 64 levels'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('[', repeat('[],', 20000) || '[]', ']', 63)), 'rejected:too_deep',
  'as wide as can be, 65 levels'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('', '"' || repeat('[{', 1000) || '"', '', 1)), 'parked:unknown_student',
  'brackets in a string do not count'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('[', '"\"' || repeat('[', 100) || '\\"', ']', 63)), 'parked:unknown_student',
  'nor after an escaped quote'
);
select is(
  test.deliver_raw('hsi', pg_temp.with_levels('["\\",', '1', ']', 64)), 'rejected:too_deep',
  'and an escaped backslash does not hide the quote behind it'
);
select is(test.deliver_raw('hsi', convert_to(repeat('[', 65536), 'UTF8')), 'rejected:too_deep', '65536 opening brackets');
select is(
  test.deliver_raw('hsi', convert_to(repeat('{"a":', 13107), 'UTF8')),
  'rejected:too_deep', 'as many objects as a body can open'
);
select is(test.deliver_raw('hsi', convert_to(repeat(']', 65536), 'UTF8')), 'rejected:bad_json', '65536 closing brackets');
select is(
  test.deliver_raw('hsi', convert_to(repeat('[]', 100), 'UTF8')), 'rejected:bad_json', 'many brackets one after another are not deep'
);

select * from finish();
rollback;
