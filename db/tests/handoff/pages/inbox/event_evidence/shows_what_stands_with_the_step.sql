begin;
select plan(4);

create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as johns;
grant select on given to public;
select test.send('hsi', 'course.completed', john, '{"certificate_number": "CS-20417"}', 'done') from given;
select test.send('hsi', 'certificate.issued', john, '{}', 'card') from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "nobody"}', 'parked') from given;
create function pg_temp.of(p_key text) returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;

select test.as_admin(ada) from given;
select results_eq(
  $$select v.event_type, v.certificate_number from handoff.event_evidence(pg_temp.of('card')) as v$$,
  $$values ('course.completed', 'CS-20417'), ('certificate.issued', null)$$, 'all of the step, in order'
);
select is_empty($$select * from handoff.event_evidence(pg_temp.of('parked'))$$, 'an event without a step');
select is_empty('select * from handoff.event_evidence(gen_random_uuid())', 'an unknown one');
select test.act('handoff_admin', john) from given;
select throws_ok('select * from handoff.event_evidence(gen_random_uuid())', 'TH403', null, 'for admins only');

select * from finish();
rollback;
