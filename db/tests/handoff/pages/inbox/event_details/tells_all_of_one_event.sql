begin;
select plan(4);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id, test.enroll('emt');
grant select on given to public;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1", "course_id": "bls"}', 'ambiguous');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-2"}', 'unknown');
create function pg_temp.of(p_key text) returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
select test.as_admin(ada) from given;

select results_eq(
  $$select d.partner_slug, d.event_key, d.status, d.reason, d.external_student_id, d.item_ref, d.student_name, d.program_name, octet_length(d.body_sha256)
    from handoff.event_details(pg_temp.of('ambiguous')) as d$$,
  $$values ('hsi', 'ambiguous', 'parked', 'ambiguous', 'h-1', 'bls', 'John Student', null::text, 32)$$, 'what was sent, read and decided'
);
select is((select d.student_name from handoff.event_details(pg_temp.of('unknown')) as d), null, 'nobody, where nobody is known');
select is_empty('select * from handoff.event_details(gen_random_uuid())', 'an unknown receipt');
select handoff.assign_partner_event(pg_temp.of('ambiguous'), test.step(enrollment_id, 1), 'asked the partner') from given;
select is(
  (select (d.status, d.reason, d.first_outcome, d.program_name)::text from handoff.event_details(pg_temp.of('ambiguous')) as d),
  '(accepted,completed,parked:ambiguous,"Certified Nursing Assistant (CNA)")', 'then and now'
);

select * from finish();
rollback;
