begin;
select plan(63);

create temporary table tried (what text, written text, outcome text);
insert into tried values
  ('UTC', '2026-11-22T10:30:00Z', 'parked:unknown_student'),
  ('small letters', '2026-11-22t10:30:00z', 'parked:unknown_student'),
  ('an offset', '2026-11-22T10:30:00-05:00', 'parked:unknown_student'),
  ('the largest offset in use', '2026-11-22T10:30:00+14:00', 'parked:unknown_student'),
  ('no known offset', '2026-11-22T10:30:00-00:00', 'parked:unknown_student'),
  ('a fraction', '2026-11-22T10:30:00.5Z', 'parked:unknown_student'),
  ('nanoseconds', '2026-11-22T10:30:00.123456789Z', 'parked:unknown_student'),
  ('a fraction of ten digits', '2026-11-22T10:30:00.1234567890Z', 'parked:unknown_student'),
  ('February 29 of a leap year', '2024-02-29T00:00:00Z', 'parked:unknown_student'),
  ('the last second of a day', '2026-11-22T23:59:59Z', 'parked:unknown_student'),
  ('a leap second', '2016-12-31T23:59:60Z', 'parked:unknown_student'),
  ('the second after a leap second', '2016-12-31T23:59:61Z', 'rejected:bad_time'),
  ('hour 24', '2026-11-22T24:00:00Z', 'rejected:bad_time'),
  ('hour 25', '2026-11-22T25:00:00Z', 'rejected:bad_time'),
  ('minute 60', '2026-11-22T10:60:00Z', 'rejected:bad_time'),
  ('month 13', '2026-13-01T10:30:00Z', 'rejected:bad_time'),
  ('month 0', '2026-00-01T10:30:00Z', 'rejected:bad_time'),
  ('November 31', '2026-11-31T10:30:00Z', 'rejected:bad_time'),
  ('November 0', '2026-11-00T10:30:00Z', 'rejected:bad_time'),
  ('February 29 of another year', '2026-02-29T00:00:00Z', 'rejected:bad_time'),
  ('year 0', '0000-01-01T00:00:00Z', 'rejected:bad_time'),
  ('a year of five digits', '12026-11-22T10:30:00Z', 'rejected:bad_time'),
  ('a year of two digits', '26-11-22T10:30:00Z', 'rejected:bad_time'),
  ('a year before Christ', '-2026-11-22T10:30:00Z', 'rejected:bad_time'),
  ('an offset of a day', '2026-11-22T10:30:00+24:00', 'rejected:bad_time'),
  ('an offset of 60 minutes', '2026-11-22T10:30:00+01:60', 'rejected:bad_time'),
  ('an offset without colon', '2026-11-22T10:30:00+0100', 'parked:unknown_student'),
  ('an offset of hours', '2026-11-22T10:30:00+01', 'parked:unknown_student'),
  ('the largest offset there is', '2026-11-22T10:30:00+23:59', 'parked:unknown_student'),
  ('an offset of a day without colon', '2026-11-22T10:30:00-2400', 'rejected:bad_time'),
  ('an offset of three digits', '2026-11-22T10:30:00+010', 'rejected:bad_time'),
  ('February 30 with the largest offset', '2026-02-30T10:30:00+23:59', 'rejected:bad_time'),
  ('the first day of the calendar', '0001-01-01T10:30:00Z', 'rejected:bad_time'),
  ('the last day of the calendar', '9999-12-31T10:30:00Z', 'rejected:bad_time'),
  ('no zone', '2026-11-22T10:30:00', 'rejected:bad_time'),
  ('the name of a zone', '2026-11-22T10:30:00 America/New_York', 'rejected:bad_time'),
  ('EST', '2026-11-22T10:30:00EST', 'rejected:bad_time'),
  ('a space for the T', '2026-11-22 10:30:00Z', 'parked:unknown_student'),
  ('two spaces for the T', '2026-11-22  10:30:00Z', 'rejected:bad_time'),
  ('a space before the zone', '2026-11-22T10:30:00 Z', 'rejected:bad_time'),
  ('a space before it', ' 2026-11-22T10:30:00Z', 'rejected:bad_time'),
  ('a line break behind it', E'2026-11-22T10:30:00Z\n', 'rejected:bad_time'),
  ('no seconds', '2026-11-22T10:30Z', 'rejected:bad_time'),
  ('a comma for the point', '2026-11-22T10:30:00,5Z', 'rejected:bad_time'),
  ('a point without digits', '2026-11-22T10:30:00.Z', 'rejected:bad_time'),
  ('a date', '2026-11-22', 'rejected:bad_time'),
  ('no dashes', '20261122T103000Z', 'rejected:bad_time'),
  ('a week', '2026-W47-7T10:30:00Z', 'rejected:bad_time'),
  ('month, day, year', '11/22/2026 10:30:00Z', 'rejected:bad_time'),
  ('now', 'now', 'rejected:bad_time'),
  ('tomorrow', 'tomorrow', 'rejected:bad_time'),
  ('infinity', 'infinity', 'rejected:bad_time'),
  ('epoch', 'epoch', 'rejected:bad_time'),
  ('digits of another script', '２０２６-11-22T10:30:00Z', 'rejected:bad_time'),
  ('empty: no time', '', 'parked:unknown_student'),
  ('a very long fraction', '2026-11-22T10:30:00.' || repeat('1', 5000) || 'Z', 'parked:unknown_student');

select is(
  test.deliver_raw('hsi', convert_to(
    jsonb_build_object('event', 'course.completed', 'student_id', 's', 'completed_at', written)::text, 'UTF8'
  )),
  outcome, what
)
from tried;

select is(
  test.deliver_raw('hsi', '{"event":"course.completed","student_id":"s","completed_at":1795343400}'), 'rejected:bad_time',
  'seconds since 1970'
);
set local timezone = 'Asia/Kolkata';
set local datestyle = 'sql, dmy';
select test.deliver_raw('hsi', '{"event":"course.completed","student_id":"s","completed_at":"2026-03-04T23:30:00-05:00"}', 'zoned');
select is(
  (select extract(epoch from e.partner_completed_at) from handoff.partner_events as e where e.event_key = 'zoned'),
  extract(epoch from timestamptz '2026-03-05 04:30:00+00'), 'the instant does not depend on the settings of the session'
);
select is(
  handoff_private.time_of(to_jsonb(v.written)), v.at, v.written
) from (values
  ('2026-11-22 10:30:00+01', timestamptz '2026-11-22 09:30:00+00'),
  ('2026-11-22T10:30:00.1234567' || repeat('8', 200) || '-0130', '2026-11-22 12:00:00.123456+00'),
  ('2026-11-22T10:30:00-16:00', '2026-11-23 02:30:00+00'),
  ('2026-11-22T10:30:00+1630', '2026-11-21 18:00:00+00')
) as v (written, at);
select is(
  test.deliver_raw('hsi', '{"event":"course.completed","student_id":"s","completed_at":null}'), 'parked:unknown_student',
  'null: no time'
);

select * from finish();
rollback;
