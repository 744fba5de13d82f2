begin;
select plan(4);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as john;
select test.send('hsi', 'enrollment.created', john, '{"enrollment_id": "HSI-77"}', 'created') from given;
select test.send('hsi', 'certificate.issued', john, '{"certificate_url": "https://hsi.example/c/1"}', 'certificate') from given;
select test.send('hsi', 'course.completed', john, '{"course_id": "cpr-101"}', 'completed') from given;

select results_eq(
  'select s.status, s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step((select enrollment_id from given), 1)',
  $$values ('completed', 'HSI-77')$$,
  'what an earlier event said of the step is still there when a later one said nothing of it'
);
select results_eq(
  $$select e.event_key, convert_from(e.body, 'UTF8')::jsonb ->> 'certificate_url', e.item_ref, e.partner_enrollment_ref
    from handoff.partner_events as e where e.student_id = (select john from given) order by e.position$$,
  $$values ('created', null, null, 'HSI-77'), ('certificate', 'https://hsi.example/c/1', null, null), ('completed', null, 'cpr-101', null)$$,
  'each event keeps its own data: none erases another''s'
);
select is(test.send('hsi', 'enrollment.created', john, '{"enrollment_id": "HSI-99"}'), 'accepted:acknowledged', 'another reference later') from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(given.enrollment_id, 1)), 'HSI-77', 'does not replace the first'
) from given;

select * from finish();
rollback;
