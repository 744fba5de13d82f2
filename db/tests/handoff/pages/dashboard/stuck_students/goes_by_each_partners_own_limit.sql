begin;
select plan(7);

select test.set_clock('2026-01-01 12:00:00+00');
update handoff.partners set stuck_after_days = 42 where slug = 'jri';
create temporary table given as
  select test.enroll('cna', 'a@test.example') as hsi, test.enroll('cdl-training', 'b@test.example') as jri;

select test.set_clock('2026-01-08 12:00:00+00');
select is_empty('select * from handoff.stuck_students()', 'after exactly 7 days nobody is stuck');
select test.travel('1 second');
select results_eq(
  'select s.enrollment_id, s.student_name, s.student_email, s.program_name, s.partner_name, s.kind, s.since, s.days, s.limit_days
   from handoff.stuck_students() as s',
  $$select hsi, 'A Student', 'a@test.example', 'Certified Nursing Assistant (CNA)', 'Health & Safety Institute', 'too_long',
      '2026-01-01 12:00:00+00'::timestamptz, 7, 7 from given$$,
  'in progress for longer than the partner''s days: too_long'
);
select test.set_clock('2026-02-11 11:59:59+00');
select results_eq(
  'select s.partner_name, s.days from handoff.stuck_students() as s', $$values ('Health & Safety Institute', 40)$$,
  'days are whole days, not started ones, and months are counted in days'
);
select test.set_clock('2026-02-12 12:00:00+00');
select results_eq(
  'select s.partner_name, s.days, s.limit_days from handoff.stuck_students() as s', $$values ('Health & Safety Institute', 42, 7)$$,
  'a partner with a longer limit gives no false alarm'
);
select test.travel('1 second');
select results_eq(
  'select s.partner_name, s.days, s.limit_days from handoff.stuck_students() as s order by 1',
  $$values ('Health & Safety Institute', 42, 7), ('Job Ready Indy', 42, 42)$$,
  'until its own is over'
);
select handoff.mark_step_complete(test.step(hsi, 1)) from given;
select results_eq(
  'select s.partner_name from handoff.stuck_students() as s', $$values ('Job Ready Indy')$$, 'the next step has its time from its start'
);
update handoff.partners set stuck_after_days = 60 where slug = 'jri';
select is_empty('select * from handoff.stuck_students()', 'a new limit counts at once');

select * from finish();
rollback;
