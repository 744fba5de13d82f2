alter table handoff.school enable row level security;
alter table handoff.school force row level security;

create policy owner_all on handoff.school to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.school for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.school to handoff_admin;
