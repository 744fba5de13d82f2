begin;
select plan(37);

-- One student in progress with each partner.
create temporary table given as
  select v.partner, test.enroll(v.program, v.email) as enrollment_id, test.student(v.email) as student_id
  from (values
    ('hsi', 'cpr-first-aid', 'hsi-student@test.example'),
    ('certiport', 'it-support-specialist', 'certiport-student@test.example'),
    ('careersafe', 'forklift-operator', 'careersafe-student@test.example'),
    ('jri', 'business-startup', 'jri-student@test.example'),
    ('milady', 'barber-apprenticeship', 'milady-student@test.example')
  ) as v (partner, program, email);

-- Completions come last, so that every other event finds its step open.
create temporary table documented (place integer, partner text, event text, fields jsonb, outcome text, meaning text);
insert into documented values
  (1, 'hsi', 'enrollment.created', '{}', 'accepted:acknowledged', 'acknowledgement'),
  (2, 'hsi', 'certificate.issued', '{}', 'accepted:evidence', 'evidence'),
  (3, 'certiport', 'enrollment.created', '{}', 'accepted:acknowledged', 'acknowledgement'),
  (4, 'certiport', 'certification.issued', '{}', 'accepted:evidence', 'evidence'),
  (5, 'certiport', 'exam.completed', '{"passed": false, "score": 420, "exam_id": "MOS-Word"}', 'accepted:attempt_failed', 'a failed attempt'),
  (6, 'careersafe', 'certificate.issued', '{}', 'accepted:evidence', 'evidence'),
  (7, 'jri', 'module.completed', '{"module_id": "badge-1"}', 'accepted:progress', 'progress, one badge of six'),
  (8, 'jri', 'certificate.issued', '{}', 'accepted:evidence', 'evidence'),
  (9, 'milady', 'assessment.passed', '{}', 'accepted:progress', 'progress'),
  (10, 'milady', 'certificate.issued', '{}', 'accepted:evidence', 'evidence'),
  (16, 'hsi', 'test', '{}', 'ignored:test_event', 'a test'),
  (17, 'certiport', 'test', '{}', 'ignored:test_event', 'a test'),
  (18, 'careersafe', 'test', '{}', 'ignored:test_event', 'a test'),
  (19, 'jri', 'test', '{}', 'ignored:test_event', 'a test'),
  (20, 'milady', 'test', '{}', 'ignored:test_event', 'a test'),
  (11, 'hsi', 'course.completed', '{"course_id": "CPR-AED"}', 'accepted:completed', 'completes the step'),
  (12, 'certiport', 'exam.completed', '{"passed": true, "score": 850, "exam_id": "MOS-Word"}', 'accepted:completed', 'completes the step'),
  (13, 'careersafe', 'training.completed', '{"training_id": "OSHA-10"}', 'accepted:completed', 'completes the step'),
  (14, 'jri', 'program.completed', '{}', 'accepted:completed', 'completes the step'),
  (15, 'milady', 'course.completed', '{"course_id": "Barbering", "grade": "A-"}', 'accepted:completed', 'completes the step');

-- One query each, so that each event sees what the one before it did.
select is(
  test.send(c.partner, c.event, g.student_id, c.fields, 'key-' || c.place), c.outcome,
  format('%s %s: %s', c.partner, c.event, c.meaning)
)
from (select * from documented order by place) as c
join given as g on g.partner = c.partner
order by c.place;

select is(
  test.status(enrollment_id), case when partner = 'milady' then 'active' else 'completed' end,
  partner || ': the enrollment is completed when its last step is'
)
from given order by partner;
select is(
  test.steps(enrollment_id), 'milady:completed jri:in_progress', 'milady: the next partner is started'
) from given where partner = 'milady';

select is(e.item_ref, v.item, 'item of ' || v.partner)
from (values ('hsi', 11, 'CPR-AED'), ('certiport', 12, 'MOS-Word'), ('careersafe', 13, 'OSHA-10'), ('jri', 7, 'badge-1'),
  ('milady', 15, 'Barbering')) as v (partner, place, item)
join handoff.partner_events as e on e.partner_slug = v.partner and e.event_key = 'key-' || v.place;
select is(e.result, v.result, v.what)
from (values ('certiport', 12, '850', 'score of an exam'), ('milady', 15, 'A-', 'grade of a course')) as v (partner, place, result, what)
join handoff.partner_events as e on e.partner_slug = v.partner and e.event_key = 'key-' || v.place;

select is(
  (select count(*) from handoff.partner_event_types as t where t.partner_slug in ('hsi', 'certiport', 'careersafe', 'jri', 'milady')),
  19::bigint, 'What an event means: rows of partner_event_types, not code'
);
select is(
  (select count(*) from handoff.partner_event_types as t where not exists (
    select from documented as c where c.partner = t.partner_slug and c.event = t.event_type
  )),
  0::bigint, 'and every row is tried here'
);
select is(
  (select t.progress_total from handoff.partner_event_types as t where t.partner_slug = 'jri' and t.event_type = 'module.completed'),
  6, 'jri module.completed: one badge of six'
);
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('jri', 'orientation.attended', 'completion');
select is(
  test.send('jri', 'orientation.attended', student_id), 'accepted:completed', 'a new row gives a new event its meaning'
) from given where partner = 'milady';

select * from finish();
rollback;
