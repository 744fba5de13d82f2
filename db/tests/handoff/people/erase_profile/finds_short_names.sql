begin;
select plan(2);

create temporary table given as
select
  handoff.create_profile('wm@test.example', '王明') as wang, handoff.create_profile('li@test.example', 'Li') as li,
  test.student() as john, test.admin() as ada, test.enroll('cna') as cna;
create temporary table reason as
select r.reason, r.whose
from (values
  ('请王明来', 'Wang'), ('王 明', 'Wang'), ('王小明', ''), ('Li asked', 'Li'), ('"li"', 'Li'), ('live, alive, Lisa', ''), ('student_li', '')
) as r (reason, whose);
select handoff.hold_enrollment(cna, r.reason), handoff.resume_enrollment(cna, 'y') from given, reason as r;
select test.send('hsi', 'certificate.issued', john, '{"family": "王", "n": 1, "given": "明"}', 'k') from given;
select handoff.erase_profile(wang, 'asked for it'), handoff.erase_profile(li, 'asked for it') from given;
select results_eq(
  $$select t.reason from handoff.step_transitions as t where t.to_status = 'on_hold' and t.reason <> '(erased)' order by t.id$$,
  $$select r.reason from reason as r where r.whose = ''$$,
  'two signs are a name where they stand alone'
);
select is((select e.body from handoff.partner_events as e where e.event_key = 'k'), null, 'or as two values');

select * from finish();
rollback;
