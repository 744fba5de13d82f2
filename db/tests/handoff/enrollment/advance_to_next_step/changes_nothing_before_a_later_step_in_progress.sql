begin;
select plan(2);

-- No function makes such a state; a DBA's own UPDATE can.
create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
update handoff.enrollment_steps as s
set status = 'pending', started_at = null
from given where s.enrollment_id = given.enrollment_id and s.sequence_order = 1;
update handoff.enrollment_steps as s
set status = 'in_progress', started_at = handoff.clock()
from given where s.enrollment_id = given.enrollment_id and s.sequence_order = 2;

select is(
  handoff.advance_to_next_step(enrollment_id), test.step(enrollment_id, 2), 'acts only with none in progress, wherever that stands'
) from given;
select is(test.steps(enrollment_id), 'hsi:pending certiport:in_progress careersafe:pending', 'nothing is started') from given;

select * from finish();
rollback;
