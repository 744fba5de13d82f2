alter table handoff.acts enable row level security;
alter table handoff.acts force row level security;

create policy owner_all on handoff.acts to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.acts for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.acts to handoff_admin;
