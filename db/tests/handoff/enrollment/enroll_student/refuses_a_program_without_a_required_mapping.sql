begin;
select plan(4);

insert into handoff.programs (slug, name, category, requires_approval)
values ('unmapped', 'No Mapping', 'Test', false), ('optional-only', 'Optional Only', 'Test', false), ('to-approve', 'To Approve', 'Test', true);
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required)
values ('optional-only', 'hsi', 1, false), ('to-approve', 'hsi', 1, false);

select throws_ok(
  format('select handoff.enroll_student(%L, %L)', test.student(), p.slug), 'TH422', null,
  'a program without a required mapping is an error here already: ' || p.slug
) from (values ('unmapped'), ('optional-only'), ('to-approve')) as p (slug);
select is_empty(
  'select from handoff.enrollments where student_id = test.student()', 'nobody is enrolled in a program that leads nowhere'
);

select * from finish();
rollback;
