alter table handoff.partners enable row level security;
alter table handoff.partners force row level security;

drop policy if exists owner_all on handoff.partners;
create policy owner_all on handoff.partners to handoff_owner using (true) with check (true);

drop policy if exists admin_reads on handoff.partners;
create policy admin_reads on handoff.partners for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partners to handoff_admin;

drop policy if exists student_reads on handoff.partners;
create policy student_reads on handoff.partners for select to handoff_student using (true);
grant select (slug, name, launch_url, support_email) on handoff.partners to handoff_student;
