begin;
select plan(3);

create temporary table given as select test.enroll('cna') as enrollment_id;
select throws_ok(format('select handoff.mark_step_complete(%L, %L)', test.step(enrollment_id, 1), i.id), 'TH400', null, i.what)
from given, (values ('', 'an empty one'), (repeat('x', 256), 'one of 256 characters')) as i (id, what);
select is(test.steps(enrollment_id), 'hsi:in_progress certiport:pending', 'and completes nothing') from given;

select * from finish();
rollback;
