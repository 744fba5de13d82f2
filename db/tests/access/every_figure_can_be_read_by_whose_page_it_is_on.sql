begin;
select plan(24);

-- Every column that a page asks for is there: a function that names one that is not fails when it runs.
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id;
grant select on given to public;
select test.as_admin(ada) from given;
select lives_ok(format('select * from handoff.%I()', f.name), 'an admin reads ' || f.name)
from (values
  ('partner_pipeline'), ('program_rates'), ('stuck_students'), ('automation_rates'), ('auto_advanced_today'), ('recent_changes'),
  ('find_events'), ('partner_onboarding'), ('due_events'), ('recent_refusals'), ('stored_oddities'), ('worker_silence'),
  ('unreachable_people'), ('find_alerts'), ('alert_counts'), ('work_queue'), ('waiting_accounts'), ('events_to_look_at'),
  ('certified_weeks'), ('partner_pace')
) as f (name);
select test.as_student(john) from given;
select lives_ok(format('select * from handoff.%I()', f.name), 'a student reads ' || f.name)
from (values ('student_enrollments'), ('student_steps'), ('student_evidence'), ('student_certificates')) as f (name);

select * from finish();
rollback;
