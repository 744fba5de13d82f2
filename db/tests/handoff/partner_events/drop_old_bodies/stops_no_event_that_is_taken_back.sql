begin;
select plan(6);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as
  select test.student('jane@test.example') as jane, test.student() as john,
    test.enroll('medical-assistant', 'jane@test.example') as janes, test.enroll('medical-assistant') as johns, test.admin() as ada;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'done');
select test.travel('1 year');
select is(handoff.drop_old_bodies('30 days'), 1, 'the body is dropped');
select handoff.unlink_partner_account('hsi', 'h-1', 'the other Patel');

-- The partner is disabled while the right student is linked.
update handoff.partners set status = 'disabled' where slug = 'hsi';
select is(handoff.link_partner_account('hsi', 'h-1', jane), 0, 'it waits for the partner') from given;
select is((select e.status || ':' || e.reason from handoff.partner_events as e), 'parked:partner_disabled', 'and says so');
update handoff.partners set status = 'active' where slug = 'hsi';
select is((select a::text from handoff.apply_due_events() as a), '(1,1)', 'then it is read from what was kept');
select is(test.steps(janes), 'hsi:completed certiport:in_progress careersafe:pending', 'and has moved the right one') from given;

-- Linked at once.
select handoff.unlink_partner_account('hsi', 'h-1', 'it was John after all');
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select is(test.steps(johns), 'hsi:completed certiport:in_progress careersafe:pending', 'the link alone reads it, too') from given;

select * from finish();
rollback;
