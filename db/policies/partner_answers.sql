alter table handoff.partner_answers enable row level security;
alter table handoff.partner_answers force row level security;

create policy owner_all on handoff.partner_answers to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_answers for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_answers to handoff_admin;

create policy student_reads_own on handoff.partner_answers for select to handoff_student
  -- An array is an index condition; `in (select ...)` reads every answer of everybody.
  using (step_id = any (array(
    select s.id
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where e.student_id = (select handoff.caller_id())
  )));
grant select on handoff.partner_answers to handoff_student;
