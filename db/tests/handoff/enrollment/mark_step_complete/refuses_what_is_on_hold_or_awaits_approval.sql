begin;
select plan(7);

create temporary table given as
  select test.enroll('cna') as held, test.enrollment_without_steps('emt', 'pending') as pending, test.enroll('bookkeeping') as withdrawn;
select handoff.skip_step(test.step(withdrawn, 2), 'waived') from given;
select handoff.hold_enrollment(held, 'on leave'), handoff.withdraw_enrollment(withdrawn, 'moved away') from given;
-- A pending enrollment has no steps; a DBA may have made one.
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order) select pending, 'hsi', 1 from given;
create temporary table before as
  select test.picture(held) as held, test.picture(pending) as pending, test.picture(withdrawn) as withdrawn from given;

select throws_ok(format('select handoff.mark_step_complete(%L)', test.step(held, 1)), 'TH409', null, 'on_hold: error') from given;
select throws_ok(format('select handoff.mark_step_complete(%L)', test.step(pending, 1)), 'TH409', null, 'pending: error') from given;
select is(test.picture(given.held), before.held, 'on_hold: no change') from given, before;
select is(test.picture(given.pending), before.pending, 'pending: no change') from given, before;
select lives_ok(
  format('select handoff.mark_step_complete(%L, ''late'')', test.step(withdrawn, 1)), 'withdrawn: no error'
) from given;
select lives_ok(
  format('select handoff.mark_step_complete(%L, ''late'')', test.step(withdrawn, 2)), 'withdrawn: no error on a skipped step'
) from given;
select is(test.picture(given.withdrawn), before.withdrawn, 'withdrawn: no change') from given, before;

select * from finish();
rollback;
