begin;
select plan(1);

update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select
    test.enroll('cna', 'a@test.example') as a, test.enroll('cna', 'b@test.example') as b, test.enroll('cna', 'c@test.example') as c,
    test.enroll('cpr-first-aid', 'a@test.example') as d, test.enroll('emt', 'a@test.example') as e,
    test.enroll('bookkeeping', 'a@test.example') as f, test.enroll('bookkeeping', 'b@test.example') as g;
select handoff.mark_step_complete(test.step(a, 1)), handoff.mark_step_complete(test.step(a, 2)), handoff.mark_step_complete(test.step(d, 1)),
  handoff.withdraw_enrollment(b, 'moved away'), handoff.hold_enrollment(c, 'on leave') from given;
select results_eq(
  'select * from handoff.program_rates()',
  $$values
    ('cpr-first-aid', 'CPR & First Aid', 1, 1, 100.00),
    ('cna', 'Certified Nursing Assistant (CNA)', 3, 1, 33.33),
    ('bookkeeping', 'Bookkeeping', 2, 0, 0.00),
    ('emt', 'Emergency Medical Technician (EMT)', 1, 0, 0.00)$$,
  'completed of all enrollments per program, in percent, highest first; programs without enrollments are left out'
);

select * from finish();
rollback;
