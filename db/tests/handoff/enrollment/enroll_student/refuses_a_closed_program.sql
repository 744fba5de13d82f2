begin;
select plan(3);

create temporary table given as select test.enroll('cna') as enrollment_id;
update handoff.programs set is_open = false where slug = 'cna';

select throws_ok(
  format('select handoff.enroll_student(%L, %L)', test.student('jane@test.example'), 'cna'), 'TH409', null, 'nobody new can enroll'
);
select is(test.enroll('cna'), enrollment_id, 'who is in stays in') from given;
select is(handoff.mark_step_complete(test.step(enrollment_id, 1)), test.step(enrollment_id, 2), 'and goes on') from given;

select * from finish();
rollback;
