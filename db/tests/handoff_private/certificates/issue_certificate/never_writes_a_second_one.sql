begin;
select plan(3);

create temporary table given as select test.enrollment_in('completed') as enrollment_id;
create temporary table before as select c.number from handoff.certificates as c join given using (enrollment_id);

select handoff.mark_step_complete(test.step(enrollment_id, 1)), handoff.advance_to_next_step(enrollment_id) from given;
select results_eq(
  'select c.number from handoff.certificates as c join given using (enrollment_id)', 'select number from before', 'calls afterwards change nothing'
);
select is(
  test.refused_by(format('select handoff_private.issue_certificate(%L)', enrollment_id)), '23505:certificates_one_valid',
  'there is one valid for an enrollment'
) from given;
select is_empty(
  'select from handoff.certificates where enrollment_id = ' || quote_literal(test.enrollment_in('withdrawn')), 'and none for a withdrawn one'
);

select * from finish();
rollback;
