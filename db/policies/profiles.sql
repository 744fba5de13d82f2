alter table handoff.profiles enable row level security;
alter table handoff.profiles force row level security;

drop policy if exists owner_all on handoff.profiles;
create policy owner_all on handoff.profiles to handoff_owner using (true) with check (true);

drop policy if exists admin_reads on handoff.profiles;
create policy admin_reads on handoff.profiles for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.profiles to handoff_admin;

drop policy if exists student_reads_own on handoff.profiles;
create policy student_reads_own on handoff.profiles for select to handoff_student
  using (id = (select handoff.caller_id()));
grant select on handoff.profiles to handoff_student;
