begin;
select plan(11);

create temporary table given as
  select c.*, test.enrollment_without_steps('medical-assistant', 'active', 'student-' || c.number || '@test.example') as enrollment_id
  from (values
    (1, array['completed', 'completed'], true, 'every step is completed'),
    (2, array['completed', 'skipped'], true, 'at least one step is completed and every other is skipped'),
    (3, array['skipped', 'skipped'], false, 'none is completed'),
    (4, array['completed', 'in_progress'], false, 'a step is in progress'),
    (5, array['completed', 'pending'], false, 'a step is pending'),
    (6, array['completed', 'failed'], false, 'a failed step is not done'),
    (7, array['failed', 'failed'], false, 'all steps failed'),
    (8, array[]::text[], false, 'there are no steps')
  ) as c (number, statuses, expected, what);
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, status, started_at, completed_at)
select
  g.enrollment_id, 'hsi', s.place, s.status,
  case when s.status not in ('pending', 'skipped') then handoff.clock() end,
  case when s.status = 'completed' then handoff.clock() end
from given as g
cross join lateral unnest(g.statuses) with ordinality as s (status, place);

select is(handoff.is_enrollment_complete(enrollment_id), expected, expected || ' when ' || what) from given order by number;
select throws_ok('select handoff.is_enrollment_complete(gen_random_uuid())', 'TH404', null, 'unknown: error');
select throws_ok('select handoff.is_enrollment_complete(null)', 'TH404', null, 'null: error');
select is(count(*), 8::bigint, 'all cases were looked at') from given;

select * from finish();
rollback;
