begin;
select plan(8);

create temporary table given as select test.enroll('cpr-first-aid') as enrollment_id, test.student() as john;
select handoff.link_partner_account('hsi', 'A-1', john) from given;
select handoff.count_refusals('hsi', 'stale', 1);
select test.send('hsi', 'course.completed', null, '{"student_id": "A-1"}', 'k');
update handoff.partners set slug = 'hsi-new' where slug = 'hsi';
update handoff.programs set slug = 'cpr-new' where slug = 'cpr-first-aid';

select is_empty(format('select from handoff.%I where partner_slug = ''hsi''', t.name), t.name || ' follows')
from (values
  ('partner_event_types'), ('program_partners'), ('enrollment_steps'), ('partner_accounts'), ('partner_events'), ('webhook_refusals')
) as t (name);
select results_eq(
  'select e.program_slug, c.program_slug from handoff.enrollments as e join handoff.certificates as c on c.enrollment_id = e.id
   where e.id = (select enrollment_id from given)',
  $$values ('cpr-new', 'cpr-new')$$,
  'enrollments and certificates, too'
);
select is(test.send('hsi-new', 'course.completed', null, '{"student_id": "A-1"}', 'k'), 'duplicate:accepted:completed', 'and what was sent is known');

select * from finish();
rollback;
