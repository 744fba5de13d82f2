begin;
select plan(4);

create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as johns;
grant select on given to public;
select test.send('hsi', 'course.completed', null, '{}', 'refused');
select test.send('hsi', 'enrollment.created', john, '{"enrollment_id": -1}', 'odd') from given;
select test.send('hsi', 'certificate.issued', john, jsonb_build_object('completed_at', handoff.clock()::date), 'day', 'csv') from given;
create function pg_temp.of(p_key text) returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;

select test.as_admin(ada) from given;
select results_eq($$select * from handoff.event_notes(pg_temp.of('refused'))$$, $$values ('student_id', array[]::text[], false)$$, 'the field that was refused');
select results_eq($$select * from handoff.event_notes(pg_temp.of('odd'))$$, $$values (null::text, array['enrollment_id'], false)$$, 'what was left out');
select results_eq($$select * from handoff.event_notes(pg_temp.of('day'))$$, $$values (null::text, array[]::text[], true)$$, 'a day alone');
select is_empty('select * from handoff.event_notes(gen_random_uuid())', 'an unknown receipt');

select * from finish();
rollback;
