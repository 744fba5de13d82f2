alter table handoff.enrollment_steps enable row level security;
alter table handoff.enrollment_steps force row level security;

create policy owner_all on handoff.enrollment_steps to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.enrollment_steps for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.enrollment_steps to handoff_admin;

create policy student_reads_own on handoff.enrollment_steps for select to handoff_student
  -- An array is an index condition; `in (select ...)` reads every step of everybody.
  using (enrollment_id = any (array(
    select e.id from handoff.enrollments as e where e.student_id = (select handoff.caller_id())
  )));
grant select on handoff.enrollment_steps to handoff_student;
