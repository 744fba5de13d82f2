alter table handoff.import_lines enable row level security;
alter table handoff.import_lines force row level security;

create policy owner_all on handoff.import_lines to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.import_lines for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.import_lines to handoff_admin;
