alter table handoff.mail_suppressions enable row level security;
alter table handoff.mail_suppressions force row level security;

create policy owner_all on handoff.mail_suppressions to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.mail_suppressions for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.mail_suppressions to handoff_admin;
