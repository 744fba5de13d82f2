alter table handoff.alerts enable row level security;
alter table handoff.alerts force row level security;

create policy owner_all on handoff.alerts to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.alerts for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.alerts to handoff_admin;
