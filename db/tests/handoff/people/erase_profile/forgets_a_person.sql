begin;
select plan(24);
set local client_min_messages = warning;

create temporary table given as
select
  handoff.create_profile('zebulon.quux@test.example', 'Zebulon Quux') as zeb, test.enroll('medical-assistant', 'zebulon.quux@test.example') as zebs,
  test.admin() as ada, test.enroll('cna') as johns;
grant select on given to public;
select handoff.link_partner_account('hsi', 'acct-4711', zeb) from given;
select handoff.link_partner_account('milady', 'käse-99', handoff.create_profile('zeb.twin@test.example', 'Zebby Quuxington'));
select handoff.merge_profiles(handoff.create_profile('zeb.twin@test.example', 'x'), zeb, 'Zebulon Quux twice') from given;
select test.as_admin(ada) from given;
select handoff.correct_profile(zeb, null, 'Zebulon B. Quux', 'Zebulon asked') from given;
select handoff.hold_enrollment(zebs, 'Zebulon Quux is ill'), handoff.resume_enrollment(zebs, 'well again') from given;
select handoff.hold_enrollment(johns, 'asked by zebulon.quux@test.example') from given;
select test.as_dba();
select test.send('hsi', 'course.completed', null, '{"student_id": "acct-4711", "enrollment_id": "enr-acct-4711", "course_id": "cpr"}', 'evt-acct-4711');
select test.send('hsi', 'certificate.issued', null, '{"student_id": "acct-4711", "x": "Zebulon Quux"}', 'evt-acct-4711');
select test.send('certiport', 'exam.completed', zeb, '{"passed": false, "score": 12, "completed_at": "2026-03-02T10:00:00Z"}', 'k1') from given;
select test.deliver_raw('hsi', '{"event": "course.completed", "student_id": "acct-4711", ', 'broken');
select test.deliver_raw('hsi', '{"event": "course.completed", "student_id": "other", "mail": "Zebulon.Quux@test.example"}', 'unknown');
select handoff.mark_step_complete(test.step(zebs, n)) from given, generate_series(2, 3) as n;
select handoff.request_sign_in('zebulon.quux@test.example', sha256('token'));
create temporary table before as
  select (select count(*) from handoff.step_transitions) as trail, (select count(*) from handoff.partner_events) as events;

select test.as_admin(ada) from given;
select lives_ok('select handoff.erase_profile(zeb, ''Zebulon Quux asked for it'') from given', 'forgotten');
select test.as_dba();

select is(test.found(w.word), '', w.word || ' is in no column of no table')
from (values
  ('Zebulon'), ('Quux'), ('Zebulon B. Quux'), ('zebulon.quux@test.example'), ('zeb.twin'), ('Zebby'), ('acct-4711'), ('käse-99')
) as w (word);
select isnt(test.found('john@test.example'), '', 'the search finds what is there');
select results_eq(
  'select (select count(*) from handoff.step_transitions), (select count(*) from handoff.partner_events)', 'select trail, events from before',
  'every row is there'
);
select is_empty('select from handoff.sessions union all select from handoff.sign_in_links', 'nobody can sign in');
select results_eq(
  'select v.state, v.student_name from handoff.verify_certificate((select c.number from handoff.certificates as c)) as v', $$values ('valid', null::text)$$,
  'the certificate is valid and has no name'
);
select is((select t.reason from handoff.step_transitions as t, given where t.enrollment_id = johns and t.to_status = 'on_hold'), '(erased)', 'who is named elsewhere, too');
select is((select e.event_type from handoff.partner_events as e where e.event_key = 'k1'), 'exam.completed', 'what an event meant stays');

-- The account is known, and nothing more is kept of it.
select is(test.send('hsi', 'course.completed', null, '{"student_id": "acct-4711", "course_id": "cpr", "n": 2}', 'later'), 'ignored:already_completed', 'a later event is known');
select is(test.deliver_raw('hsi', '{"event": "course.completed", "student_id": "acct-4711", "course_id": 7.5}', 'later 2'), 'rejected:bad_field', 'one that is rejected');
select isnt(test.send('hsi', 'of another kind', null, '{"student_id": "acct-4711"}', 'later 3'), null, 'one that nobody knows');
select is(test.send('hsi', 'certificate.issued', zeb, '{}', 'later 4'), 'accepted:evidence', 'one that names our id') from given;
select is(test.found('acct-4711'), '', 'none of them left the account');
select is_empty($$select from handoff.partner_events where event_key like 'later%' and body is not null$$, 'nor a body');
select is(test.send('hsi', 'course.completed', null, '{"student_id": "acct-4711", "course_id": "cpr", "n": 2}', 'later'), 'duplicate:ignored:already_completed', 'a repeat is a repeat');
select isnt(handoff.create_profile('zebulon.quux@test.example', 'Zebulon Quux'), zeb, 'who comes again is a new person') from given;
select throws_ok('select handoff.correct_profile(zeb, ''z@test.example'', null, ''x'') from given', 'TH409', null, 'nothing more is done to who is forgotten');

select * from finish();
rollback;
