alter table handoff.partner_events enable row level security;
alter table handoff.partner_events force row level security;

create policy owner_all on handoff.partner_events to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_events for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_events to handoff_admin;
