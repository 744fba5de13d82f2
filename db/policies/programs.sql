alter table handoff.programs enable row level security;
alter table handoff.programs force row level security;

create policy owner_all on handoff.programs to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.programs for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.programs to handoff_admin;

create policy student_reads on handoff.programs for select to handoff_student using (true);
grant select (slug, name, description) on handoff.programs to handoff_student;
