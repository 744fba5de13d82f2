begin;
select plan(6);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;
select test.travel('1 day');
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from given;
select test.travel('1 day');
select handoff.skip_step(test.step(enrollment_id, 2), 'waived') from given;
select is_empty('select from handoff.certificates where enrollment_id = (select enrollment_id from given)', 'not before the last step');
select handoff.mark_step_complete(test.step(enrollment_id, 3)) from given;

create temporary table issued as select c.* from handoff.certificates as c join given using (enrollment_id);
select results_eq(
  'select i.student_id, i.student_name, i.program_slug, i.program_name, i.enrolled_at, i.completed_at, i.issued_at from issued as i',
  $$select john, 'John Student', 'medical-assistant', 'Medical Assistant', '2026-03-02 09:00:00+00'::timestamptz,
      '2026-03-04 09:00:00+00'::timestamptz, '2026-03-04 09:00:00+00'::timestamptz from given$$,
  'one certificate, with the names and the dates of the day'
);
select is(
  i.partners,
  '[{"partner": "Health & Safety Institute", "completed_at": "2026-03-03T09:00:00+00:00"},
    {"partner": "CareerSafe", "completed_at": "2026-03-04T09:00:00+00:00"}]',
  'and the completed steps in order'
) from issued as i;

update handoff.profiles set full_name = 'John Married', email = 'married@test.example' where id = (select john from given);
update handoff.programs set name = 'Renamed', slug = 'renamed' where slug = 'medical-assistant';
update handoff.partners set name = 'Taken Over' where slug = 'hsi';
select results_eq(
  'select to_jsonb(c) - ''program_slug'' from handoff.certificates as c where c.enrollment_id = (select enrollment_id from given)',
  'select to_jsonb(i) - ''program_slug'' from issued as i',
  'later edits of profile, program or partner do not change it'
);
select results_eq(
  'select v.state, v.student_name, v.program_name, v.completed_at from issued as i, handoff.verify_certificate(i.number) as v',
  $$values ('valid', 'John Student', 'Medical Assistant', '2026-03-04 09:00:00+00'::timestamptz)$$,
  'nor what is said of it in public'
);
select is(
  (select c.program_slug from handoff.certificates as c join given using (enrollment_id)), 'renamed', 'its slug follows the program'
);

select * from finish();
rollback;
