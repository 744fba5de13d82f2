alter table handoff.imports enable row level security;
alter table handoff.imports force row level security;

create policy owner_all on handoff.imports to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.imports for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.imports to handoff_admin;
