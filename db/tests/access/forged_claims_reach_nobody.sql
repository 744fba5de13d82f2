begin;
select plan(30);

create temporary table given as
select
  test.student('john@test.example') as john,
  test.student('jane@test.example') as jane,
  test.admin() as ada,
  test.enroll('cna', 'john@test.example') as johns,
  test.enroll('cna', 'jane@test.example') as janes;
grant select on given to public;

create temporary view seen with (security_invoker = true) as
select p.id as student_id from handoff.profiles as p
union all
select e.student_id from handoff.enrollments as e
union all
select e.student_id from handoff.enrollment_steps as s left join handoff.enrollments as e on e.id = s.enrollment_id;
grant select on seen to public;

create temporary table empty_claims as
select c.claims
from (values
  (''), ('{}'), ('{"sub": null}'), ('[]'), ('"admin"'), ('null'), ('{"role": "admin"}'), ('{"role": "service_role"}'),
  (format('{"sub": "%s"}', gen_random_uuid()))
) as c (claims);
grant select on empty_claims to public;

create function pg_temp.seen_with(p_claims text) returns bigint language plpgsql as $$
begin
  perform set_config('request.jwt.claims', p_claims, true);
  return (select count(*) from seen);
end;
$$;

set local role handoff_student;
select is(pg_temp.seen_with(c.claims), 0::bigint, 'claims that name nobody see nobody: ' || c.claims) from empty_claims as c;
select throws_ok(
  format('select pg_temp.seen_with(%L)', c.claims), '22P02', null, 'claims that can not be read are an error: ' || c.claims
) from (values ('not json'), ('{"sub": "john"}'), ('{"sub": 1}'), ('{"sub": {"id": 1}}'), ('{')) as c (claims);

-- A claim is who the shell says it is. Whoever can run SQL on the pages' login can say anything: docs/operate/security.md.
select set_config('request.jwt.claims', format('{"sub": "%s", "role": "handoff_admin", "admin": true}', john), true) from given;
select isnt_empty('select * from seen', 'John''s claims');
select is_empty(
  'select * from seen, given where student_id is distinct from john', 'see John''s rows only, whatever role they claim'
);
select set_config('request.jwt.claims', format('{"sub": "%s"}', jane), true) from given;
select is_empty(
  'select * from seen, given where student_id is distinct from jane', 'Jane''s claims in the same role see hers only'
);
select set_config('request.jwt.claims', format('{"sub": "%s"}', ada), true) from given;
select results_eq(
  'select * from seen', 'select ada from given',
  'an admin''s claims in the student''s role see one profile, the admin''s own'
);
select throws_ok(
  $$select handoff.create_profile('new@test.example', 'New')$$, '42501', null, 'and open none of the admin''s functions'
);

select set_config('row_security', 'off', true);
select throws_ok('select from handoff.enrollments', '42501', null, 'row-level security can not be switched off: asking for it is an error');
select set_config('row_security', 'on', true);

-- In the admin's role the claims, where there are any, must be an admin's.
select test.act('handoff_admin');
select lives_ok($$select handoff.create_profile('new@test.example', 'New')$$, 'without claims it is the operator at a terminal');
select is(
  (select count(distinct student_id) from seen, given where student_id in (john, jane)), 2::bigint,
  'who sees everybody'
);
select throws_ok(
  format('select set_config(%L, %L, true), handoff.create_profile(%L, %L)', 'request.jwt.claims', c.claims, 'evil@test.example', 'Evil'),
  'TH403', null, 'claims that name nobody do not pass for an operator: ' || c.claims
) from empty_claims as c where c.claims <> '';

select * from finish();
rollback;
