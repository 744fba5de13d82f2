alter table handoff.profile_corrections enable row level security;
alter table handoff.profile_corrections force row level security;

drop policy if exists owner_all on handoff.profile_corrections;
create policy owner_all on handoff.profile_corrections to handoff_owner using (true) with check (true);

drop policy if exists admin_reads on handoff.profile_corrections;
create policy admin_reads on handoff.profile_corrections for select to handoff_admin using (true);
grant select on handoff.profile_corrections to handoff_admin;
