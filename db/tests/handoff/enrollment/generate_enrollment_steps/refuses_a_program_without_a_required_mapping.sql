begin;
select plan(3);

insert into handoff.programs (slug, name, category)
values ('unmapped', 'No Mapping', 'Test'), ('optional-only', 'Optional Only', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required)
values ('optional-only', 'hsi', 1, false);
create temporary table given as
  select p.slug, test.enrollment_without_steps(p.slug) as enrollment_id
  from (values ('unmapped'), ('optional-only')) as p (slug);

select throws_ok(
  format('select handoff.generate_enrollment_steps(%L)', enrollment_id), 'TH422', null, 'no required mapping: error: ' || slug
) from given;
select is_empty(
  'select from handoff.enrollment_steps where enrollment_id in (select enrollment_id from given)', 'and no step is made'
);

select * from finish();
rollback;
