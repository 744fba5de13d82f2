begin;
select plan(8);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as
select test.student() as john, test.student('jon@test.example') as jon, test.admin() as ada, test.enroll('cpr-first-aid') as first;
grant select on given to public;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
create temporary table next_ as select handoff.enroll_student(john, 'cpr-first-aid', true) as second from given;
grant select on next_ to public;
select test.travel('3 days');
select is_empty('select * from handoff.taken_back_enrollments()', 'nothing was taken back');
select handoff.unlink_partner_account('hsi', 'h-1', 'another Patel');
select test.travel('2 days');

select test.as_admin(ada) from given;
select results_eq(
  'select * from handoff.taken_back_enrollments()',
  $$select first, 'Health & Safety Institute', timestamptz '2026-03-05 12:00:00+00' from given$$, 'completed by an account that was taken back'
);
select results_eq(
  $$select s.enrollment_id, s.kind, s.days from handoff.stuck_students() as s where s.kind = 'taken_back'$$, $$select first, 'taken_back', 2 from given$$,
  'it stands among those who need a person'
);
select test.as_dba();
select handoff.merge_profiles(john, jon, 'entered twice') from given;
select is((select t.enrollment_id from handoff.taken_back_enrollments() as t), first, 'also when it moved to another profile') from given;
select handoff.withdraw_enrollment(second, 'not needed') from next_;
select handoff.reopen_step(test.step(first, 1), 'taken back') from given;
select is_empty('select * from handoff.taken_back_enrollments()', 'until somebody has opened it');

-- Not what a person revoked.
select handoff.mark_step_complete(test.step(first, 1)) from given;
select is_empty('select * from handoff.taken_back_enrollments()', 'or completed it by hand');
select handoff.revoke_certificate(c.number, 'fraud') from handoff.certificates as c where c.revoked_at is null;
select is_empty('select * from handoff.taken_back_enrollments()', 'a certificate revoked on purpose is no work');
select test.act('handoff_admin', john) from given;
select throws_ok('select * from handoff.taken_back_enrollments()', 'TH403', null, 'for admins only');

select * from finish();
rollback;
