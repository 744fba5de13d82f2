begin;
select plan(9);

create temporary table given as select test.student() as student, test.admin() as admin, test.enroll('cna') as enrollment_id;
grant select on given to public;
update handoff.partners set status = 'disabled' where slug = 'hsi';
select test.send('hsi', 'course.completed', student) from given;
update handoff.partners set status = 'active' where slug = 'hsi';

select test.act('handoff_admin', student) from given;
select throws_ok(s.call, 'TH403', null, 'the role alone does not make an admin: ' || s.call)
from (values
  ('select handoff.apply_due_events()'), ('select handoff.sweep_parked_events()'), ('select handoff.mark_events_due()'),
  ('select handoff.stop_due_events()'), ('select handoff.drop_old_bodies(''90 days'')')
) as s (call);
select test.act('handoff_worker');
select lives_ok(s.call, 'the worker needs no person: ' || s.call)
from (values ('select handoff.sweep_parked_events()'), ('select handoff.drop_old_bodies(''90 days'')')) as s (call);
select is((tried, applied)::text, '(1,1)', 'and applies what is due') from handoff.apply_due_events();
select test.as_dba();
select is(
  (select string_agg(distinct t.actor_role, ',') from handoff.step_transitions as t where t.event_receipt is not null), 'handoff_worker',
  'the trail names who did it'
);

select * from finish();
rollback;
