alter table handoff.home enable row level security;
alter table handoff.home force row level security;

create policy owner_all on handoff.home to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.home for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.home to handoff_admin;
