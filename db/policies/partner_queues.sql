alter table handoff.partner_queues enable row level security;
alter table handoff.partner_queues force row level security;

create policy owner_all on handoff.partner_queues to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_queues for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_queues to handoff_admin;
