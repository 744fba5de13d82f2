begin;
select plan(3);

create temporary table given as select test.enrollment_in('completed') as enrollment_id;
select throws_ok(
  format('select handoff.withdraw_enrollment(%L, ''why'')', enrollment_id), 'TH409', null, 'a completed enrollment has its certificate'
) from given;
select is(test.status(enrollment_id), 'completed', 'it stays completed') from given;
select throws_ok($$select handoff.withdraw_enrollment(gen_random_uuid(), 'why')$$, 'TH404', null, 'unknown enrollment');

select * from finish();
rollback;
