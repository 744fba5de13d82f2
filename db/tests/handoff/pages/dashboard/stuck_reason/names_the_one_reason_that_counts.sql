begin;
select plan(5);

select test.set_clock('2026-03-01 12:00:00+00');
create temporary table given as
  select test.enroll('medical-assistant') as enrollment_id, test.enrollment_without_steps('cna', p_email => 'jane@test.example') as bare;
create function pg_temp.reason(p_enrollment_id uuid, p_now timestamptz) returns text language sql as $$
  select concat_ws(' ', r.kind, 'since', r.since at time zone 'UTC', 'at', r.partner_name, 'limit', r.limit_days)
  from handoff.stuck_reason(p_enrollment_id, '2026-02-01 12:00:00+00', p_now) as r
$$;

select is(pg_temp.reason(enrollment_id, '2026-03-08 12:00:00+00'), null, 'no row while a step has its time') from given;
select is(
  pg_temp.reason(enrollment_id, '2026-03-08 12:00:01+00'),
  'too_long since 2026-03-01 12:00:00 at Health & Safety Institute limit 7', 'a step in progress, seen from a time at which its limit is over'
) from given;
select is(
  pg_temp.reason(bare, '2026-03-01 12:00:00+00'), 'no_steps since 2026-02-01 12:00:00 at limit', 'no steps, since the activation that it was called with'
) from given;
select test.travel('1 day'), handoff.fail_step(test.step(enrollment_id, 1), 'cheated') from given;
select is(
  pg_temp.reason(enrollment_id, '2026-06-01 12:00:00+00'),
  'failed since 2026-03-02 12:00:00 at Health & Safety Institute limit', 'a failed step, since it failed, however long it takes'
) from given;
select test.travel('1 day');
select handoff.mark_step_complete(s.id, 'seen') from given join handoff.enrollment_steps as s using (enrollment_id);
select is(
  pg_temp.reason(enrollment_id, '2026-06-01 12:00:00+00'),
  'not_closed since 2026-03-03 12:00:00 at limit', 'every step done, since the last one was: an active enrollment should have closed'
) from given;

select * from finish();
rollback;
