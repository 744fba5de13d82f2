begin;
select plan(8);

create temporary table given as
select test.student('zeb@mail.example') as otto, test.enroll('cpr-first-aid', 'zeb@mail.example') as ottos;
select handoff.correct_profile(otto, 'otto@mail.example', null, 'typed the wrong one') from given;
create temporary table other as
select test.student('zeb@mail.example') as zeb, test.enroll('cpr-first-aid', 'zeb@mail.example') as zebs;
select test.send('hsi', 'course.completed', null, '{"student_id": "zeb@mail.example"}', 'k1');
select handoff.erase_profile(otto, 'asked') from given;
select is((select a.external_student_id from handoff.partner_accounts as a), 'zeb@mail.example', 'an account that is another''s address stays');
select is((select e.body is not null from handoff.partner_events as e), true, 'and what came for it');
select is(handoff.link_partner_account('hsi', 'zeb@mail.example', zeb), 1, 'it is linked') from other;
select is(test.status(zebs) || ' ' || test.status(ottos), 'completed active', 'and completes the step of whose it is') from other, given;
select is_empty('select * from test.violations()', 'the books are right');

-- What waits for the person's own account waits on: nobody is moved on after being forgotten.
create temporary table jill as select test.student('jill@mail.example') as jill, test.enroll('medical-assistant', 'jill@mail.example') as jills;
select test.send('hsi', 'course.completed', null, '{"student_id": "jill@mail.example"}', 'k2');
select handoff.erase_profile(jill, 'asked') from jill;
select is_empty('select * from test.violations()', 'the books are right');
select handoff.sweep_parked_events(), handoff.apply_due_events();
select is(test.steps(jills), 'hsi:in_progress certiport:pending careersafe:pending', 'who is forgotten is not moved on') from jill;
select is_empty('select * from handoff.due_events()', 'and nothing is due');

select * from finish();
rollback;
