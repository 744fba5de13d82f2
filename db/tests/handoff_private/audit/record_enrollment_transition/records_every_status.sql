begin;
select plan(3);

update handoff.programs set requires_approval = true where slug = 'cna';
create temporary table given as select test.enroll('cna') as enrollment_id;
select handoff.approve_enrollment(enrollment_id, 'papers'), handoff.hold_enrollment(enrollment_id, 'leave'),
  handoff.resume_enrollment(enrollment_id, 'back') from given;
select handoff.mark_step_complete(test.step(enrollment_id, 1)), handoff.mark_step_complete(test.step(enrollment_id, 2)) from given;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason from handoff.step_transitions as t join given using (enrollment_id)
   where t.step_id is null order by t.id',
  $$values
    (null, 'pending', 'enrolled', null), ('pending', 'active', 'approved', 'papers'), ('active', 'on_hold', 'held', 'leave'),
    ('on_hold', 'active', 'resumed', 'back'), ('active', 'completed', 'all_steps_done', null)$$,
  'from the first to the last, with cause and reason'
);

create temporary table other as select test.enroll('emt') as enrollment_id;
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from other;
select results_eq(
  'select t.from_status, t.to_status, t.cause, t.reason from handoff.step_transitions as t join other using (enrollment_id)
   where t.step_id is null order by t.id',
  $$values (null, 'active', 'enrolled', null), ('active', 'withdrawn', 'withdrawn', 'moved away')$$,
  'withdrawal, too'
);
update handoff.enrollments set status = status where id = (select enrollment_id from other);
select is(
  (select count(*) from handoff.step_transitions as t join other using (enrollment_id) where t.step_id is null), 2::bigint,
  'an UPDATE that leaves the status alone is no transition'
);

select * from finish();
rollback;
