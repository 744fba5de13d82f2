begin;
select plan(6);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.enroll('bookkeeping') as enrollment_id,
    test.enroll('cna', 'jane@test.example') as other;
create temporary table steps as
  select test.step(enrollment_id, 1) as first, test.step(enrollment_id, 2) as second from given;
grant select on given, steps to public;
select test.send('jri', 'module.completed', john, '{"module_id": "mindsets"}'), test.send('jri', 'module.completed', john, '{"module_id": "social-skills"}'),
  test.send('certiport', 'exam.completed', john, '{"passed": false}') from given;

select test.as_student(john) from given;
select results_eq(
  'select * from handoff.student_steps()',
  $$select enrollment_id, first, 1, 'jri', 'Job Ready Indy', null::text, 'in_progress', '2026-03-02 12:00:00+00'::timestamptz, null::timestamptz,
      'https://learning.employindy.org/jri-participant-elevatehumanitycareertraining', 'learning@employindy.org', 0, 2, 6, null::timestamptz, null::text, p.instructions, p.registration_hint
    from given, steps, handoff.partners as p where p.slug = 'jri'
    union all
    select enrollment_id, second, 2, 'certiport', 'Certiport', null, 'pending', null, null,
      'https://www.certiport.com/portal/ssl/login.aspx', 'partnersupport@certiport.com', 1, 0, null, null, null, p.instructions, p.registration_hint
    from given, steps, handoff.partners as p where p.slug = 'certiport'$$,
  'in order, with where to train, whom to ask, failed attempts, and 2 of 6 badges'
);
select test.as_dba();
insert into handoff.partner_answers (step_id, launch_url, refused_at) select first, 'https://jri.example/john', '2026-03-02 13:00+00' from steps;
select test.as_student(john) from given;
select results_eq(
  'select s.launch_url, s.refused_at from handoff.student_steps() as s limit 1',
  $$values ('https://jri.example/john', '2026-03-02 13:00+00'::timestamptz)$$, 'a link of the student''s own, and that the partner refused'
);
select test.as_dba();
select handoff.fail_step(first, 'cheated'), handoff.skip_step(second, 'waived') from steps;
select test.as_student(john) from given;
select results_eq(
  'select s.status from handoff.student_steps() as s', $$values ('failed'), ('skipped')$$, 'failed and skipped are told apart from waiting'
);
select test.as_student(jane) from given;
select is_empty('select from handoff.partner_answers', 'another student sees no answer about this one');
select is_empty('select * from handoff.student_steps() as s join given using (enrollment_id)', 'another student sees none of them');
select results_eq('select s.partner_slug from handoff.student_steps() as s', $$values ('hsi'), ('certiport')$$, 'but the own');

select * from finish();
rollback;
