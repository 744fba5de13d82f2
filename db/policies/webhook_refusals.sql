alter table handoff.webhook_refusals enable row level security;
alter table handoff.webhook_refusals force row level security;

create policy owner_all on handoff.webhook_refusals to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.webhook_refusals for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.webhook_refusals to handoff_admin;
