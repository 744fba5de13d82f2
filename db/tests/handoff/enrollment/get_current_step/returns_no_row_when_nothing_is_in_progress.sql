begin;
select plan(6);

update handoff.programs set requires_approval = true where slug = 'cna';
create temporary table given as
  select test.enroll('cpr-first-aid') as done, test.enroll('cna') as waiting, test.enroll('emt') as failed,
    test.enrollment_without_steps('forklift-operator') as bare;
select handoff.mark_step_complete(test.step(done, 1)), handoff.fail_step(test.step(failed, 1), 'cheated') from given;

select is_empty('select c.* from given, handoff.get_current_step(given.done) as c', 'completed: 0 rows');
select is_empty('select c.* from given, handoff.get_current_step(given.waiting) as c', 'awaiting approval: 0 rows');
select is_empty('select c.* from given, handoff.get_current_step(given.failed) as c', 'a failed step is not in progress: 0 rows');
select is_empty('select c.* from given, handoff.get_current_step(given.bare) as c', 'no steps: 0 rows');
select is_empty('select * from handoff.get_current_step(gen_random_uuid())', 'unknown enrollment: 0 rows');
select is_empty('select * from handoff.get_current_step(null)', 'null: 0 rows');

select * from finish();
rollback;
