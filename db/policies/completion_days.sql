alter table handoff.completion_days enable row level security;
alter table handoff.completion_days force row level security;

create policy owner_all on handoff.completion_days to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.completion_days for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.completion_days to handoff_admin;
