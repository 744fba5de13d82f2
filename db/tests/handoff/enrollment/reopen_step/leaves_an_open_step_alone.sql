begin;
select plan(6);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
create temporary table steps as
  select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 2) as second from given;
create temporary table before as select test.picture(enrollment_id) as picture from given;
select test.travel('1 day');

select is(handoff.reopen_step(first, 'once more'), 'in_progress', 'in_progress already') from steps;
select is(handoff.reopen_step(second, 'once more'), 'pending', 'pending already') from steps;
select is(test.picture(enrollment_id), picture, 'nothing changes: it does not start afresh') from given, before;

select handoff.hold_enrollment(enrollment_id, 'on leave') from given;
update before set picture = test.picture(given.enrollment_id) from given;
select is(handoff.reopen_step(first, 'once more'), 'in_progress', 'on hold: in_progress already') from steps;
select is(handoff.reopen_step(second, 'once more'), 'pending', 'on hold: pending already') from steps;
select is(test.picture(enrollment_id), picture, 'nothing changes') from given, before;

select * from finish();
rollback;
