begin;
select plan(18);

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select 'no steps' as what, test.enrollment_without_steps('cna') as enrollment_id
  union all select 'awaiting approval', test.enroll('emt')
  union all select 'on hold', test.enroll('bookkeeping')
  union all select 'withdrawn', test.enroll('cna-wrg')
  union all select 'completed', test.enroll('cpr-first-aid')
  union all select 'all skipped', test.enroll('tax-preparation');
select handoff.hold_enrollment(enrollment_id, 'on leave') from given where what = 'on hold';
select handoff.withdraw_enrollment(enrollment_id, 'moved away') from given where what = 'withdrawn';
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given where what = 'completed';
update handoff.enrollment_steps set status = 'skipped'
where enrollment_id = (select enrollment_id from given where what = 'all skipped');
-- On hold with nothing in progress: even then nothing starts.
update handoff.enrollment_steps set status = 'completed', completed_at = handoff.clock()
where id = (select test.step(enrollment_id, 1) from given where what = 'on hold');
create temporary table before as select enrollment_id, test.picture(enrollment_id) as picture from given;

select is(
  handoff.advance_to_next_step(enrollment_id),
  case when what = 'withdrawn' then test.step(enrollment_id, 1) end,
  what || ': the step in progress, or null'
) from given;
select is(test.picture(enrollment_id), picture, what || ': nothing changes') from given join before using (enrollment_id);
select is_empty(
  'select from handoff.certificates where enrollment_id in (select enrollment_id from given where what <> ''completed'')',
  'and nobody gets a certificate for it'
);
select is(test.status(enrollment_id), 'active', 'an enrollment with no steps is not complete') from given where what = 'no steps';
select is(
  test.status(enrollment_id), 'active', 'steps that were all skipped complete nothing'
) from given where what = 'all skipped';
select throws_ok('select handoff.advance_to_next_step(gen_random_uuid())', 'TH404', null, 'unknown enrollment: error');
select throws_ok('select handoff.advance_to_next_step(null)', 'TH404', null, 'null: error');
select is(
  (select count(*) from handoff.enrollment_steps where status = 'in_progress' and enrollment_id in (select enrollment_id from given)),
  1::bigint, 'no step was started anywhere'
);

select * from finish();
rollback;
