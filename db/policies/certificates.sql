alter table handoff.certificates enable row level security;
alter table handoff.certificates force row level security;

create policy owner_all on handoff.certificates to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.certificates for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.certificates to handoff_admin;

create policy student_reads_own on handoff.certificates for select to handoff_student
  using (student_id = (select handoff.caller_id()));
grant select on handoff.certificates to handoff_student;
