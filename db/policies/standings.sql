alter table handoff.standings enable row level security;
alter table handoff.standings force row level security;

create policy owner_all on handoff.standings to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.standings for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.standings to handoff_admin;
