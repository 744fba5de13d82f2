alter table handoff.partners enable row level security;
alter table handoff.partners force row level security;

create policy owner_all on handoff.partners to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partners for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partners to handoff_admin;

create policy student_reads on handoff.partners for select to handoff_student using (true);
grant select (slug, name, launch_url, launch_url_template, instructions, registration_hint, support_email)
  on handoff.partners to handoff_student;
