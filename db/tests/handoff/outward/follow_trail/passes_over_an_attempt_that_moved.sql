begin;
select plan(2);
create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('web-development') as johns,
    test.enroll('web-development', 'jane@test.example') as janes;
select test.follow_trail();
select test.send('certiport', 'exam.completed', john, '{"passed": false}', 'failed') from given;
-- The event was taken from John and means Jane's step by now.
update handoff.partner_events as e set enrollment_id = janes, step_id = test.step(janes, 1), student_id = jane from given where e.event_key = 'failed';
select lives_ok('select test.follow_trail()', 'the trail is followed all the same');
select is_empty($$select from handoff.outbox as o where o.kind = 'not_passed'$$, 'and nobody is mailed of it');
select * from finish();
rollback;
