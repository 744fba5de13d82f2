alter table handoff.partner_accounts enable row level security;
alter table handoff.partner_accounts force row level security;

create policy owner_all on handoff.partner_accounts to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_accounts for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_accounts to handoff_admin;

create policy student_reads_own on handoff.partner_accounts for select to handoff_student
  using (student_id = (select handoff.caller_id()));
grant select on handoff.partner_accounts to handoff_student;
