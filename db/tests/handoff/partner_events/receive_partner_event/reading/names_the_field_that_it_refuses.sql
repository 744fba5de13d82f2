begin;
select plan(11);

create temporary table sent (key text, partner text, body text, field text);
insert into sent values
  ('1', 'hsi', '{"student_id":"s"}', 'event'),
  ('2', 'hsi', '{"event":7,"student_id":"s"}', 'event'),
  ('3', 'hsi', '{"event":"course.completed"}', 'student_id'),
  ('4', 'hsi', '{"event":"course.completed","student_id":7.0}', 'student_id'),
  ('5', 'hsi', '{"event":"course.completed","student_id":"s","course_id":[]}', 'course_id'),
  ('6', 'certiport', '{"event":"exam.completed","student_id":"s"}', 'passed'),
  ('7', 'certiport', '{"event":"exam.completed","student_id":"s","passed":1}', 'passed'),
  ('8', 'hsi', '{"event":"course.completed","student_id":"s","completed_at":"now"}', 'completed_at'),
  ('9', 'hsi', 'no json', null);
select test.deliver_raw(partner, convert_to(body, 'UTF8'), key) from sent;
select is(e.refused_field, s.field, s.body) from sent as s join handoff.partner_events as e on e.event_key = s.key order by s.key;
select is(
  (select (e.event_type, e.external_student_id)::text from handoff.partner_events as e where e.event_key = '8'), '(course.completed,s)',
  'what could be read of it is kept'
);
select is(
  (select (e.event_type, e.external_student_id)::text from handoff.partner_events as e where e.event_key = '4'), '(course.completed,)', 'and no more'
);

select * from finish();
rollback;
