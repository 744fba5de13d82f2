begin;
select plan(3);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
select handoff.fail_step(test.step(enrollment_id, 1), 'did not attend') from given;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(handoff.advance_to_next_step(enrollment_id), null, 'a failed step blocks: null') from given;
select is(test.steps(enrollment_id), 'hsi:failed certiport:pending careersafe:pending', 'no step is started behind it') from given;
select is(test.picture(enrollment_id), picture, 'nothing changes') from given, before;

select * from finish();
rollback;
