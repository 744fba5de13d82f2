begin;
select plan(138);

-- p_field replaces the field of an exam, or of a course, that is right in every other respect.
create function pg_temp.exam_with(p_field text, p_value text) returns text language sql as $$
  select test.deliver_raw('certiport', convert_to(
    (
      jsonb_build_object('event', 'exam.completed', 'student_id', 's', 'passed', true) || jsonb_build_object(p_field, p_value::jsonb)
    )::text, 'UTF8'
  ))
$$;

create function pg_temp.course_with(p_field text, p_value text) returns text language sql as $$
  select test.deliver_raw('hsi', convert_to(
    (jsonb_build_object('event', 'course.completed', 'student_id', 's') || jsonb_build_object(p_field, p_value::jsonb))::text, 'UTF8'
  ))
$$;

-- event, student_id, enrollment_id and the item are names: strings of some length, without control characters or space around.
create temporary table wrong (what text, value text);
insert into wrong values
  ('a number', '1'), ('true', 'true'), ('false', 'false'), ('an array', '["a"]'), ('an object', '{"a":1}'), ('empty', '""'),
  ('a space', '" "'), ('a space before it', '" a"'), ('a space behind it', '"a "'), ('a line break behind it', '"a\n"'),
  ('a line break in it', '"a\nb"'), ('a tab in it', '"a\tb"'), ('a control character in it', '"a\u0001b"');
select is(pg_temp.exam_with(f.name, w.value), 'rejected:bad_field', f.name || ' ' || w.what)
from (values ('event'), ('student_id'), ('enrollment_id'), ('exam_id')) as f (name) cross join wrong as w;
select is(pg_temp.course_with(f.name, w.value), 'rejected:bad_field', 'a course: ' || f.name || ' ' || w.what)
from (values ('event'), ('student_id'), ('enrollment_id'), ('course_id')) as f (name) cross join wrong as w;

select is(
  pg_temp.exam_with('event', to_jsonb(repeat('é', 100))::text), 'parked:unknown_event_type', 'event of 100 characters'
);
select is(pg_temp.exam_with('event', to_jsonb(repeat('é', 101))::text), 'rejected:bad_field', 'event of 101');
select is(pg_temp.exam_with(f.name, to_jsonb(repeat('é', 255))::text), 'parked:unknown_student', f.name || ' of 255 characters')
from (values ('student_id'), ('enrollment_id'), ('exam_id')) as f (name);
select is(pg_temp.exam_with(f.name, to_jsonb(repeat('é', 256))::text), 'rejected:bad_field', f.name || ' of 256')
from (values ('student_id'), ('enrollment_id'), ('exam_id')) as f (name);
select is(pg_temp.course_with(f.name, to_jsonb(repeat('e', 255))::text), 'parked:unknown_student', 'a course: ' || f.name || ' of 255')
from (values ('student_id'), ('enrollment_id'), ('course_id')) as f (name);
select is(pg_temp.course_with(f.name, to_jsonb(repeat('e', 256))::text), 'rejected:bad_field', 'a course: ' || f.name || ' of 256')
from (values ('student_id'), ('enrollment_id'), ('course_id')) as f (name);
select is(pg_temp.exam_with('student_id', v.value), 'parked:unknown_student', 'student_id ' || v.what)
from (values
  ('a space in it', '"Jo Ann"'), ('SQL', '"''; drop table handoff.profiles; --"'), ('a formula', '"=HYPERLINK(1)"'),
  ('written from right to left', '"\u202eevil"'), ('digits', '"0042"')
) as v (what, value);

-- passed: strings are never truthy.
select is(pg_temp.exam_with('passed', v.value), 'rejected:bad_field', 'passed ' || v.value)
from (values ('"true"'), ('"false"'), ('1'), ('0'), ('"yes"'), ('""'), ('[]'), ('{"value": true}')) as v (value);

-- The score.
select is(pg_temp.exam_with('score', v.value), v.outcome, 'score ' || v.what)
from (values
  ('0', '0', 'parked:unknown_student'),
  ('850.5', '850.5', 'parked:unknown_student'),
  ('-0.1', '-0.1', 'rejected:bad_field'),
  ('of 50 digits', repeat('9', 50), 'parked:unknown_student'),
  ('of 51 digits', repeat('9', 51), 'rejected:bad_field'),
  ('a text of 51', to_jsonb(repeat('a', 51))::text, 'rejected:bad_field')
) as v (what, value, outcome);

-- A field of another partner's events is nobody's here.
select is(
  test.deliver_raw('hsi', convert_to('{"event":"course.completed","student_id":"s","passed":"no","exam_id":1,"score":-1}', 'UTF8')),
  'parked:unknown_student', 'what an event does not need is not looked at'
);

select * from finish();
rollback;
