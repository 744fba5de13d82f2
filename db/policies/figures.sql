alter table handoff.figures enable row level security;
alter table handoff.figures force row level security;

create policy owner_all on handoff.figures to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.figures for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.figures to handoff_admin;
