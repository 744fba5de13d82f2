alter table handoff.program_partners enable row level security;
alter table handoff.program_partners force row level security;

create policy owner_all on handoff.program_partners to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.program_partners for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.program_partners to handoff_admin;
