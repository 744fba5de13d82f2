begin;
select plan(7);

create temporary table given as
  select s.status, test.enrollment_without_steps('cna', s.status, s.status || '@test.example') as enrollment_id
  from (values ('pending'), ('on_hold'), ('completed'), ('withdrawn')) as s (status);

select throws_ok(
  format('select handoff.generate_enrollment_steps(%L)', enrollment_id), 'TH409', null, 'not active but ' || status || ': error'
) from given;
select is_empty(
  'select from handoff.enrollment_steps where enrollment_id in (select enrollment_id from given)', 'and no step is made'
);
select throws_ok($$select handoff.generate_enrollment_steps(gen_random_uuid())$$, 'TH404', null, 'unknown enrollment: error');
select throws_ok($$select handoff.generate_enrollment_steps(null)$$, 'TH404', null, 'null: error');

select * from finish();
rollback;
