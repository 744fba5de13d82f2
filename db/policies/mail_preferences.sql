alter table handoff.mail_preferences enable row level security;
alter table handoff.mail_preferences force row level security;

create policy owner_all on handoff.mail_preferences to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.mail_preferences for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.mail_preferences to handoff_admin;
