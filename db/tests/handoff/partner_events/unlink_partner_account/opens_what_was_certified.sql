begin;
select plan(9);

create temporary table given as select test.enroll('cpr-first-aid') as first, test.student() as john;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select is(test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'done'), 'accepted:completed', 'a wrong link certifies');
select is(test.status(first), 'completed', 'the wrong one') from given;

select is(handoff.unlink_partner_account('hsi', 'h-1', 'another Patel'), 1, 'unlinked');
select is(test.status(first) || ' ' || test.steps(first), 'active hsi:in_progress', 'the enrollment is active again') from given;
select is(
  (select array_agg(v.state) from handoff.certificates as c, handoff.verify_certificate(c.number) as v), array['revoked'],
  'its certificate is revoked'
);
select is_empty('select * from test.violations()', 'the books are right');

-- Where another enrollment of the program is open, the completed one stays, with its certificate revoked.
select handoff.link_partner_account('hsi', 'h-2', john) from given;
select handoff.withdraw_enrollment(first, 'again') from given;
create temporary table next_ as select handoff.enroll_student(john, 'cpr-first-aid') as second from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}', 'second');
create temporary table third_ as select handoff.enroll_student(john, 'cpr-first-aid', true) as third from given;
select handoff.unlink_partner_account('hsi', 'h-2', 'another Patel');
select is(test.status(second), 'completed', 'an enrollment beside an open one stays completed') from next_;
select is(
  (
    select v.state
    from handoff.certificates as c
    cross join handoff.verify_certificate(c.number) as v
    where c.enrollment_id = (select second from next_)
  ),
  'revoked', 'and its certificate is revoked'
);
select is(test.status(third), 'active', 'the open one is as it was') from third_;

select * from finish();
rollback;
