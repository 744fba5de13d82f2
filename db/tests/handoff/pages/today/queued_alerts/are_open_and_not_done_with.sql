begin;
select plan(6);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada, test.student('ann@test.example') as ann, test.enroll('cna', 'ann@test.example') as id;
select test.follow_trail();
select handoff.fail_step(test.step(id, 1), 'gave up') from given;
select test.sweep();
grant select on given to public;
create function pg_temp.queued() returns text language sql as $$
  select coalesce(string_agg(concat_ws(' ', a.kind, a.about, a.step_id = test.step(g.id, 1)), ', '), '') from given as g cross join handoff.queued_alerts() as a
$$;
select is(pg_temp.queued(), 'failed failed t', 'an open alert, with the step that is meant');
create temporary table alert as select a.id from handoff.alerts as a where a.closed_at is null;
select handoff.snooze_alert(a.id, '2026-01-10', 'next week') from alert as a;
select is(pg_temp.queued(), '', 'not while it is left alone');
select test.set_clock('2026-01-11 09:00+00');
select is(pg_temp.queued(), 'failed failed t', 'but after that');
select handoff.reopen_step(test.step(id, 1), 'tries again') from given;
select is(pg_temp.queued(), '', 'what is done is gone before the alert is closed');
select handoff.fail_step(test.step(id, 1), 'gave up again') from given;
select handoff.acknowledge_alert(a.id) from alert as a;
select is(pg_temp.queued(), '', 'what is known is not in the queue');
select test.as_admin(ann) from given;
select is_empty('select from handoff.queued_alerts() as a', 'a student''s claims see none');
select * from finish();
rollback;
