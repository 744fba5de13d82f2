begin;
select no_plan();

-- p_field replaces the field of an exam, or of a course, that is right in every other respect.
create function pg_temp.exam_with(p_field text, p_value text) returns text language sql as $$
  select test.deliver_raw('certiport', convert_to(
    replace(
      (jsonb_build_object('event', 'exam.completed', 'student_id', 's', 'passed', true) - p_field)::text, '{',
      format('{"%s": %s, ', p_field, p_value)
    ), 'UTF8'
  ))
$$;

create function pg_temp.course_with(p_field text, p_value text) returns text language sql as $$
  select test.deliver_raw('hsi', convert_to(
    replace(
      (jsonb_build_object('event', 'course.completed', 'student_id', 's') - p_field)::text, '{', format('{"%s": %s, ', p_field, p_value)
    ), 'UTF8'
  ))
$$;

-- event, student_id and the item are names: strings of some length, without hidden characters or space around.
create temporary table wrong (what text, value text);
insert into wrong values
  ('a negative number', '-7'), ('a number with a fraction', '7.0'), ('a number with an exponent', '1e3'),
  ('a negative zero', '-0'), ('a number of 19 digits', '1234567890123456789'),
  ('true', 'true'), ('false', 'false'), ('an array', '["a"]'), ('an object', '{"a":1}'),
  ('a byte order mark before it', '"\ufeffa"'), ('a space of no width in it', '"a\u200bb"'), ('a soft hyphen', '"a\u00adb"'),
  ('written from right to left', '"\u202eevil"'), ('a tag', '"a\udb40\udc41"'), ('a hard space behind it', '"a\u00a0"'),
  ('a control character of Latin-1', '"a\u0085b"'),
  ('a space', '" "'), ('a space before it', '" a"'), ('a space behind it', '"a "'), ('a line break behind it', '"a\n"'),
  ('a line break in it', '"a\nb"'), ('a tab in it', '"a\tb"'), ('a control character in it', '"a\u0001b"');
select is(pg_temp.exam_with(f.name, w.value), 'rejected:bad_field', f.name || ' ' || w.what)
from (values ('event'), ('student_id'), ('exam_id')) as f (name) cross join wrong as w;
select is(pg_temp.course_with(f.name, w.value), 'rejected:bad_field', 'a course: ' || f.name || ' ' || w.what)
from (values ('event'), ('student_id'), ('course_id')) as f (name) cross join wrong as w;
select is(pg_temp.exam_with('enrollment_id', w.value), 'parked:unknown_student', 'enrollment_id ' || w.what || ' stops nothing') from wrong as w;
select is(pg_temp.exam_with(f.name, '""'), f.outcome, f.name || ' empty counts as absent')
from (values
  ('event', 'rejected:missing_field'), ('student_id', 'rejected:missing_field'), ('passed', 'rejected:missing_field'),
  ('exam_id', 'parked:unknown_student'), ('enrollment_id', 'parked:unknown_student'), ('score', 'parked:unknown_student'),
  ('completed_at', 'parked:unknown_student')
) as f (name, outcome);
select is(pg_temp.exam_with(f.name, v.value), 'parked:unknown_student', f.name || ' may be the whole number ' || v.value)
from (values ('student_id'), ('enrollment_id'), ('exam_id')) as f (name)
cross join (values ('0'), ('42'), ('123456789012345678')) as v (value);
select is(pg_temp.exam_with('event', '42'), 'rejected:bad_field', 'event is a word');


select is(
  pg_temp.exam_with('event', to_jsonb(repeat('é', 100))::text), 'parked:unknown_event_type', 'event of 100 characters'
);
select is(pg_temp.exam_with('event', to_jsonb(repeat('é', 101))::text), 'rejected:bad_field', 'event of 101');
select is(pg_temp.exam_with(f.name, to_jsonb(repeat('é', 255))::text), 'parked:unknown_student', f.name || ' of 255 characters')
from (values ('student_id'), ('enrollment_id'), ('exam_id')) as f (name);
select is(pg_temp.exam_with(f.name, to_jsonb(repeat('é', 256))::text), 'rejected:bad_field', f.name || ' of 256')
from (values ('student_id'), ('exam_id')) as f (name);
select is(pg_temp.course_with(f.name, to_jsonb(repeat('e', 255))::text), 'parked:unknown_student', 'a course: ' || f.name || ' of 255')
from (values ('student_id'), ('enrollment_id'), ('course_id')) as f (name);
select is(pg_temp.course_with(f.name, to_jsonb(repeat('e', 256))::text), 'rejected:bad_field', 'a course: ' || f.name || ' of 256')
from (values ('student_id'), ('course_id')) as f (name);
select is(pg_temp.exam_with('student_id', v.value), 'parked:unknown_student', 'student_id ' || v.what)
from (values
  ('a space in it', '"Jo Ann"'), ('SQL', '"''; drop table handoff.profiles; --"'), ('a formula', '"=HYPERLINK(1)"'),
  ('digits', '"0042"')
) as v (what, value);

-- passed: strings are never truthy.
select is(pg_temp.exam_with('passed', v.value), 'rejected:bad_field', 'passed ' || v.value)
from (values ('"true"'), ('"false"'), ('1'), ('0'), ('"yes"'), ('[]'), ('{"value": true}')) as v (value);

-- The score.
select is(pg_temp.exam_with('score', v.value), v.outcome, 'score ' || v.what)
from (values
  ('0', '0', 'parked:unknown_student'),
  ('850.5', '850.5', 'parked:unknown_student'),
  ('-0.1', '-0.1', 'parked:unknown_student'),
  ('of 50 digits', repeat('9', 50), 'parked:unknown_student'),
  ('of 51 digits', repeat('9', 51), 'parked:unknown_student'),
  ('a text of 51', to_jsonb(repeat('a', 51))::text, 'parked:unknown_student')
) as v (what, value, outcome);

-- A field of another partner's events is nobody's here.
select is(
  test.deliver_raw('hsi', convert_to('{"event":"course.completed","student_id":"s","passed":"no","exam_id":1,"score":-1}', 'UTF8')),
  'parked:unknown_student', 'what an event does not need is not looked at'
);

select * from finish();
rollback;
