begin;
select plan(17);

create temporary table given as
select
  test.student('john@test.example') as john,
  test.student('jane@test.example') as jane,
  test.enroll('cna', 'john@test.example') as johns,
  test.enroll('medical-assistant', 'jane@test.example') as janes,
  test.enroll('cna', 'jane@test.example') as janes_other;
select handoff.mark_step_complete(test.step(janes, n)) from given, generate_series(1, 3) as n;
select test.send('hsi', 'certificate.issued', jane) from given;
create temporary table paper as
  select c.number from handoff.certificates as c, given where c.enrollment_id = given.janes;
grant select on given, paper to public;

select test.as_student(john) from given;
select isnt_empty('select s.* from given, handoff.get_current_step(johns) as s', 'a student has a current step');
select is_empty('select s.* from given, handoff.get_current_step(janes_other) as s', 'and does not see another''s');
select isnt(handoff.launch_url_of(test.step(johns, 1)), null, 'a student has a link') from given;
select is(handoff.launch_url_of(test.step(janes_other, 1)), null, 'and gets no other''s') from given;
select is(handoff.is_enrollment_complete(johns), false, 'a student asks about the own enrollment') from given;
select throws_ok(
  'select handoff.is_enrollment_complete(janes) from given', 'TH404', null, 'another''s enrollment is unknown'
);
select throws_ok(
  format('select handoff.is_enrollment_complete(%L)', gen_random_uuid()), 'TH404', null, 'just as one that is not there'
);
select is_empty('select d.* from paper, handoff.certificate_details(number) as d', 'another''s certificate is unknown');
select results_eq(
  'select enrollment_id from handoff.student_enrollments()', 'select johns from given', 'the own enrollments only'
);
select results_eq(
  'select distinct enrollment_id from handoff.student_steps()', 'select johns from given', 'and the own steps only'
);

-- Two functions that outsiders call, and what the pages read.
select test.as_dba();
select is(
  string_agg(f.proname, ' ' order by f.proname),
  'caller_id certificate_details clock get_current_step is_enrollment_complete launch_url_of profile_data student_certificates'
    ' student_enrollments student_evidence student_steps',
  'a student can call nothing that is not tested here'
)
from pg_proc as f
where f.pronamespace = 'handoff'::regnamespace and has_function_privilege('handoff_student', f.oid, 'execute');
select is_empty(
  $$select f.oid::regprocedure from pg_proc as f
    where f.pronamespace = 'handoff'::regnamespace and f.prosecdef and has_function_privilege('handoff_student', f.oid, 'execute')
      and f.proname not in ('caller_id', 'profile_data', 'student_evidence')$$,
  'and nothing with the owner''s rights, but who it is, what is known of this person and what was sent for the own steps'
);
select test.as_student(john) from given;
select is_empty('select s.* from given, handoff.get_current_step(null) as s', 'null is nobody''s');
select throws_ok('select handoff.profile_data(jane) from given', 'TH404', null, 'another person is unknown');
select is_empty('select * from handoff.student_evidence()', 'nor what was sent for another''s step');
select is_empty('select * from handoff.student_certificates()', 'nor what another''s certificates are worth');
select is(jsonb_array_length(handoff.profile_data(john) -> 'enrollments'), 1, 'what is known of the caller') from given;

select * from finish();
rollback;
