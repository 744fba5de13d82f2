alter table handoff.trail_readers enable row level security;
alter table handoff.trail_readers force row level security;

create policy owner_all on handoff.trail_readers to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.trail_readers for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.trail_readers to handoff_admin;
