begin;
select plan(5);

create temporary table given as select test.student() as john, test.enroll('cna') as cna;
select handoff.mark_step_complete(test.step(cna, 1)) from given;
select handoff.erase_profile(john, 'asked for it') from given;
select is(test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'accepted:completed', 'the last event comes later') from given;
select results_eq(
  'select e.status, c.student_name from handoff.certificates as c join handoff.enrollments as e on e.id = c.enrollment_id',
  $$values ('completed', null::text)$$,
  'the program is certified, to nobody'
);
select results_eq(
  'select v.state, v.student_name from handoff.certificates as c, handoff.verify_certificate(c.number) as v', $$values ('valid', null::text)$$,
  'who checks it sees no name'
);
select throws_ok('select handoff.reissue_certificate(c.number, ''x'') from handoff.certificates as c', 'TH409', null, 'there is no name to issue it with');
select is(handoff.revoke_certificate(c.number, 'x'), 'revoked', 'it can be revoked') from handoff.certificates as c;

select * from finish();
rollback;
