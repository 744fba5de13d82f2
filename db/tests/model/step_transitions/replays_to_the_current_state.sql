begin;
select plan(4);

-- A mixed history: events, an admin's hand, the worker, a DBA.
update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select p.slug, test.enroll(p.slug) as enrollment_id, test.student() as john
  from (values ('medical-assistant'), ('cna'), ('emt'), ('bookkeeping'), ('cpr-first-aid')) as p (slug);
create temporary table e as
  select
    (select enrollment_id from given where slug = 'medical-assistant') as medical, (select enrollment_id from given where slug = 'cna') as cna,
    (select enrollment_id from given where slug = 'emt') as emt, (select enrollment_id from given where slug = 'bookkeeping') as books,
    (select enrollment_id from given where slug = 'cpr-first-aid') as cpr, (select distinct john from given) as john;

select handoff.fail_step(test.step(medical, 1), 'cheated'), handoff.reopen_step(test.step(medical, 1), 'again') from e;
select handoff.mark_step_complete(test.step(medical, 3)), handoff.mark_step_complete(test.step(medical, 1)) from e;
select handoff.reopen_step(test.step(medical, 1), 'revoked'), handoff.skip_step(test.step(medical, 1), 'waived') from e;
select handoff.approve_enrollment(emt, 'papers'), handoff.withdraw_enrollment(emt, 'moved away') from e;
select handoff.mark_step_complete(test.step(cna, 1)), handoff.mark_step_complete(test.step(cna, 2)) from e;
select test.send('jri', 'program.completed', john), handoff.hold_enrollment(books, 'leave') from e;
select test.send('certiport', 'exam.completed', john, jsonb_build_object('passed', true, 'enrollment_id', test.step(books, 2))) from e;
select handoff.resume_enrollment(books, 'back') from e;
update handoff.enrollment_steps set status = 'pending', started_at = null where id = (select test.step(cpr, 1) from e);
select handoff.advance_to_next_step(cpr) from e;

create temporary table replayed as
  select distinct on (t.enrollment_id, t.step_id) t.enrollment_id, t.step_id, t.to_status as status
  from handoff.step_transitions as t join given using (enrollment_id)
  order by t.enrollment_id, t.step_id, t.id desc;
create temporary table current as
  select e.id as enrollment_id, null::uuid as step_id, e.status from handoff.enrollments as e join given on given.enrollment_id = e.id
  union all
  select s.enrollment_id, s.id, s.status from handoff.enrollment_steps as s join given using (enrollment_id);

select results_eq(
  'select slug, test.status(enrollment_id), test.steps(enrollment_id) from given order by slug',
  $$values
    ('bookkeeping', 'completed', 'jri:completed certiport:completed'),
    ('cna', 'completed', 'hsi:completed certiport:completed'),
    ('cpr-first-aid', 'active', 'hsi:in_progress'),
    ('emt', 'withdrawn', 'hsi:in_progress certiport:pending'),
    ('medical-assistant', 'active', 'hsi:skipped certiport:in_progress careersafe:completed')$$,
  'the history has a bit of everything'
);
select set_eq('select * from replayed', 'select * from current', 'replayed, the trail gives the current state');
select is_empty(
  $$select t.id
    from (
      select t.*, lag(t.to_status) over (partition by t.enrollment_id, t.step_id order by t.id) as before
      from handoff.step_transitions as t join given using (enrollment_id)
    ) as t
    where t.from_status is distinct from t.before$$,
  'each transition begins where the one before ended, and the first with nothing'
);
select results_eq(
  $$select distinct t.cause from handoff.step_transitions as t join given using (enrollment_id) order by 1$$,
  $$select unnest(array['advanced', 'all_steps_done', 'approved', 'direct', 'enrolled', 'failed', 'generated', 'held', 'marked',
      'partner_event', 'reopened', 'resumed', 'skipped', 'withdrawn'])$$,
  'every cause is in it'
);

select * from finish();
rollback;
