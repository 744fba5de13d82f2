begin;
select plan(30);

create temporary table given as select test.enrollment_without_steps() as enrollment_id, test.enroll('cna', 'jane@test.example') as other;
create function pg_temp.add(
  p_status text default 'pending', p_started text default null, p_completed text default null, p_more text default 'null', p_column text default 'course_ref'
) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, status, started_at, completed_at, %I)
     values (%L, ''hsi'', 7, %L, %L, %L, %s)', p_column, (select enrollment_id from given), p_status, p_started, p_completed, p_more
  ))
$$;

select is(pg_temp.add(c.status, c.started, c.completed), c.by, c.what)
from (values
  ('pending', null, null, null, 'pending'),
  ('pending', '2026-03-02', null, '23514:enrollment_steps_status_holds', 'pending, and started'),
  ('pending', null, '2026-03-02', '23514:enrollment_steps_status_holds', 'pending, and completed'),
  ('in_progress', '2026-03-02', null, null, 'in progress'),
  ('in_progress', null, null, '23514:enrollment_steps_status_holds', 'in progress, and never started'),
  ('in_progress', '2026-03-02', '2026-03-02', '23514:enrollment_steps_status_holds', 'in progress, and completed'),
  ('completed', '2026-03-02', '2026-03-02', null, 'completed'),
  ('completed', null, '2026-03-02', null, 'completed early, without a start'),
  ('completed', '2026-03-02', null, '23514:enrollment_steps_status_holds', 'completed without its time'),
  ('failed', '2026-03-02', null, null, 'failed'),
  ('failed', null, null, '23514:enrollment_steps_status_holds', 'failed, and never started'),
  ('failed', '2026-03-02', '2026-03-02', '23514:enrollment_steps_status_holds', 'failed, and completed'),
  ('skipped', null, null, null, 'skipped'),
  ('skipped', '2026-03-02', '2026-03-02', '23514:enrollment_steps_status_holds', 'skipped, and completed'),
  ('done', null, null, '23514:enrollment_steps_status_holds', 'an unknown status'),
  (null, null, null, '23502:', 'no status'),
  ('completed', '2026-03-03', '2026-03-02', '23514:enrollment_steps_time_order', 'completed before it was started')
) as c (status, started, completed, by, what);
select is(pg_temp.add(p_column => c.name, p_more => c.value), c.by, c.what)
from (values
  ('partner_completed_at', '''2026-03-02''', '23514:enrollment_steps_partner_time_of_completed', 'a partner''s time of completion on an open step'),
  ('external_enrollment_id', '''''', '23514:enrollment_steps_external_id_shape', 'an empty id of the partner''s'),
  ('external_enrollment_id', 'repeat(''x'', 256)', '23514:enrollment_steps_external_id_shape', 'one of 256 characters'),
  ('failed_attempts', '-1', '23514:enrollment_steps_counts_positive', 'fewer than no attempts'),
  ('progress_count', '-1', '23514:enrollment_steps_counts_positive', 'fewer than no parts')
) as c (name, value, by, what);
select is(test.refused_by(format('update handoff.enrollment_steps set %s where id = %L', c.change, test.step(other, 2))), c.by, c.what)
from given cross join (values
  ('status = ''in_progress'', started_at = handoff.clock()', '23505:enrollment_steps_one_in_progress', 'a second step in progress'),
  ('sequence_order = 1', '23505:enrollment_steps_order_unique', 'a place in the order that is taken'),
  ('sequence_order = 0', '23514:enrollment_steps_order_positive', 'a place before the first'),
  ('partner_slug = ''unknown''', '23503:enrollment_steps_partner_slug_fkey', 'an unknown partner'),
  ('partner_slug = ''hsi''', null, 'the same partner a second time'),
  ('status = ''skipped''', null, 'a step that is not in progress, any number of times')
) as c (change, by, what);
select is(
  test.refused_by('insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order) values (gen_random_uuid(), ''hsi'', 1)'),
  '23503:enrollment_steps_enrollment_id_fkey', 'an unknown enrollment'
);
select is(
  test.refused_by(format('insert into handoff.enrollment_steps (id, enrollment_id, partner_slug, sequence_order) values (%L, %L, ''hsi'', 1)', test.step(other, 1), enrollment_id)),
  '23505:enrollment_steps_pkey', 'an id that is another''s'
) from given;

select * from finish();
rollback;
