begin;
select plan(6);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as johns;
create function pg_temp.reminders() returns text language sql as $$
  select string_agg(o.start_number || ' ' || o.status, ', ' order by o.made_at) from handoff.outbox as o where o.kind = 'reminder'
$$;
update handoff.mailing set began = (select max(t.id) from handoff.step_transitions as t);
select test.travel('8 days');
select test.sweep();
select is(pg_temp.reminders(), null, 'nobody is mailed about what was before mails were');
select handoff.fail_step(test.step(johns, 1), 'ill') from given;
select handoff.reopen_step(test.step(johns, 1), 'is well') from given;
select test.sweep();
select test.travel('8 days');
select test.sweep();
select is(pg_temp.reminders(), '2 pending', 'who is late is reminded');
select is((select o.profile_id from handoff.outbox as o where o.kind = 'reminder'), john, 'the student') from given;
update handoff.partners set stuck_after_days = 100;
select test.sweep();
update handoff.partners set stuck_after_days = 1;
select test.sweep();
select is((select count(*) from handoff.alerts as a where a.kind = 'stuck_student'), 3::bigint, 'late for a second time');
select is(pg_temp.reminders(), '2 pending', 'in one go at a step');
select handoff.mark_step_complete(test.step(johns, 1)) from given;
select is(handoff_private.no_longer_holds(o) is not null, true, 'and not when the step is done') from handoff.outbox as o where o.kind = 'reminder';
select * from finish();
rollback;
