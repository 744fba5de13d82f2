begin;
select plan(13);

create temporary table given as select test.student() as john, test.enroll('cna') as cna;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'c');
select handoff.withdraw_enrollment(cna, 'left') from given;
select handoff.unlink_partner_account('hsi', 'h-1', 'another Patel');
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'a withdrawn enrollment keeps its steps') from given;
select is_empty('select * from test.violations()', 'the books know that nobody has the credit');
select is(handoff.resume_enrollment(cna, 'back'), 'active', 'taken back') from given;
select is(test.steps(cna), 'hsi:in_progress certiport:pending', 'what rested on the account does not come back') from given;
select is_empty('select * from test.violations()', 'the books are right');

-- Linked again meanwhile, to the same student: its completion waits for the enrollment.
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'the link was right after all') from given;
select handoff.withdraw_enrollment(cna, 'left') from given;
select handoff.unlink_partner_account('hsi', 'h-1', 'another Patel');
select is(handoff.link_partner_account('hsi', 'h-1', john), 0, 'linked again') from given;
select is((select e.status || ':' || e.reason from handoff.partner_events as e), 'parked:withdrawn', 'it waits');
select is_empty('select * from test.violations()', 'the books are right');
select is(handoff.resume_enrollment(cna, 'back'), 'active', 'taken back') from given;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'and it is completed by it') from given;
select is_empty('select * from test.violations()', 'the books are right');

select is(handoff.unlink_partner_account('hsi', 'h-1', 'another Patel'), 1, 'and taken back') from given;

select * from finish();
rollback;
