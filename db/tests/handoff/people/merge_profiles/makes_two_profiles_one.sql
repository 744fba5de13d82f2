begin;
select plan(19);

create temporary table given as
select
  test.student('jon@test.example') as jon, test.student('john@test.example') as john, test.admin() as ada,
  test.enroll('medical-assistant', 'jon@test.example') as jons, test.enroll('cna', 'john@test.example') as johns;
select handoff.link_partner_account('hsi', 'hsi-1', jon) from given;
select handoff.mark_step_complete(test.step(jons, n)) from given, generate_series(1, 3) as n;
select test.send('hsi', 'certificate.issued', null, '{"student_id": "hsi-1"}');

select is(handoff.merge_profiles(jon, john, 'entered twice'), 4, 'account, event, enrollment, certificate') from given;
select is(handoff.merge_profiles(jon, john, 'entered twice'), 0, 'twice is once') from given;
select is((select count(*) from handoff.enrollments as e, given where e.student_id = john), 2::bigint, 'both enrollments are one person''s');
select is((select c.student_id from handoff.certificates as c), john, 'the certificate, too') from given;
select is((select c.student_name from handoff.certificates as c), 'Jon Student', 'with the name of its day');
select is((select e.student_id from handoff.partner_events as e), john, 'and the event') from given;
select is(handoff.create_profile('jon@test.example', 'Jon'), john, 'the address leads there') from given;
select is(handoff.begin_sign_in('jon@test.example', sha256('token')), 'john@test.example', 'a link goes to who stays');
select is(handoff.enroll_student(jon, 'cna'), johns, 'the id leads there') from given;
select is(test.send('hsi', 'course.completed', null, '{"student_id": "hsi-1", "course_id": "cpr"}'), 'accepted:completed', 'the account, too');
select test.act('none', jon) from given;
select is(handoff.caller_id(), john, 'and claims') from given;
select test.as_dba();
select is(handoff_private.student_of_id(jon::text), john, 'an event that names the old id') from given;
select results_eq(
  'select c.act, c.profile_id, c.merged_into, c.reason, c.enrollment_id from handoff.acts as c where c.act = ''merged'' order by c.id',
  $$select 'merged', jon, john, 'entered twice', e.id from given cross join lateral (values (null), (jons)) as e (id)$$, 'written down once, with what moved'
);
select is_empty('select * from handoff_private.book_faults()', 'the books balance');
select throws_ok('select handoff.merge_profiles(jon, ada, ''x'') from given', 'TH409', null, 'who was merged is nobody to merge');
select throws_ok('select handoff.merge_profiles(john, john, ''x'') from given', 'TH409', null, 'two are needed');
select throws_ok('select handoff.merge_profiles(ada, john, ''x'') from given', 'TH409', null, 'the last admin stays');
select throws_ok('select handoff.merge_profiles(john, ada, ''x'') from given', 'TH409', null, 'an admin has no enrollments');
select test.enroll('cna', 'third@test.example');
select throws_ok(
  $$select handoff.merge_profiles(test.student('third@test.example'), john, 'x') from given$$, 'TH409', null, 'both are in one program'
);

select * from finish();
rollback;
