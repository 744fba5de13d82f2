alter table handoff.partner_event_types enable row level security;
alter table handoff.partner_event_types force row level security;

create policy owner_all on handoff.partner_event_types to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.partner_event_types for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.partner_event_types to handoff_admin;

create policy student_reads on handoff.partner_event_types for select to handoff_student using (true);
grant select (partner_slug, event_type, progress_total) on handoff.partner_event_types to handoff_student;
