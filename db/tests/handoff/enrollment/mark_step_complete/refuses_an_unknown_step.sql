begin;
select plan(2);

select throws_ok('select handoff.mark_step_complete(gen_random_uuid())', 'TH404', null, 'unknown id: error');
select throws_ok(
  'select handoff.mark_step_complete(null)', 'TH404', null, 'null id: error, and never the null that says it was the last step'
);

select * from finish();
rollback;
