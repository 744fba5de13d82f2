alter table handoff.step_transitions enable row level security;
alter table handoff.step_transitions force row level security;

create policy owner_all on handoff.step_transitions to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.step_transitions for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.step_transitions to handoff_admin;
