alter table handoff.partner_breakers enable row level security;
alter table handoff.partner_breakers force row level security;

create policy owner_all on handoff.partner_breakers to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_breakers for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_breakers to handoff_admin;
