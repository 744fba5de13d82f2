alter table handoff.profiles enable row level security;
alter table handoff.profiles force row level security;

create policy owner_all on handoff.profiles to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.profiles for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.profiles to handoff_admin;

create policy student_reads_own on handoff.profiles for select to handoff_student
  using (id = (select handoff.caller_id()));
grant select on handoff.profiles to handoff_student;
