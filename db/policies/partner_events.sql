alter table handoff.partner_events enable row level security;
alter table handoff.partner_events force row level security;

drop policy if exists owner_all on handoff.partner_events;
create policy owner_all on handoff.partner_events to handoff_owner using (true) with check (true);

drop policy if exists admin_reads on handoff.partner_events;
create policy admin_reads on handoff.partner_events for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_events to handoff_admin;
