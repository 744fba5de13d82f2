alter table handoff.outbox enable row level security;
alter table handoff.outbox force row level security;

create policy owner_all on handoff.outbox to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.outbox for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.outbox to handoff_admin;
