begin;
select plan(5);

update handoff.programs set requires_approval = true where slug = 'cna';
create temporary table given as select test.student() as john, test.enroll('cna') as cna;
select handoff.withdraw_enrollment(cna, 'a mistake') from given;
select is(test.send('hsi', 'course.completed', john, '{}', 'c'), 'parked:withdrawn', 'it has no steps, and its program says which it will have') from given;
select is(test.send('milady', 'course.completed', john, '{}', 'm'), 'parked:no_enrollment', 'a partner that is not in it') from given;
select is(handoff.resume_enrollment(cna, 'it was none'), 'pending', 'taken back') from given;
select is((select e.reason from handoff.partner_events as e where e.event_key = 'c'), 'awaiting_approval', 'it waits on');
select handoff.approve_enrollment(cna, 'yes') from given;
select is(test.steps(cna), 'hsi:completed certiport:in_progress', 'and is applied') from given;

select * from finish();
rollback;
