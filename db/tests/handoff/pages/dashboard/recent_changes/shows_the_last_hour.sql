begin;
select plan(5);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.enroll('cna') as enrollment_id, test.admin() as ada;
create temporary table steps as select test.step(enrollment_id, 1) as first from given;
grant select on given, steps to public;
select test.travel('30 minutes');
select test.as_admin(ada) from given;
select handoff.skip_step(first, 'waived') from steps;
select results_eq(
  'select r.* from handoff.recent_changes() as r limit 3',
  format($$values
    ('2026-03-02 12:30:00+00'::timestamptz, 'John Student', 'Certified Nursing Assistant (CNA)', 'Certiport', 'pending', 'in_progress', 'advanced', 'Ada Admin'),
    ('2026-03-02 12:30:00+00', 'John Student', 'Certified Nursing Assistant (CNA)', 'Health & Safety Institute', 'in_progress', 'skipped', 'skipped', 'Ada Admin'),
    ('2026-03-02 12:00:00+00', 'John Student', 'Certified Nursing Assistant (CNA)', 'Health & Safety Institute', 'pending', 'in_progress', 'advanced', %L)$$,
    session_user),
  'newest first, with the person, or the role where there was none'
);
select results_eq(
  'select r.partner_name, r.from_status, r.to_status from handoff.recent_changes() as r offset 5', $$values (null, null, 'active')$$,
  'without a partner: the enrollment itself'
);
select test.as_dba();
select test.set_clock('2026-03-02 13:00:00+00');
select is((select count(*) from handoff.recent_changes()), 2::bigint, 'within the last hour');
select test.travel('31 minutes');
select is_empty('select * from handoff.recent_changes()', 'then nothing');
select test.enroll('bookkeeping', 'student-' || g.number || '@test.example') from generate_series(1, 20) as g (number);
select is((select count(*) from handoff.recent_changes()), 50::bigint, 'at most 50');

select * from finish();
rollback;
