alter table handoff.mailing enable row level security;
alter table handoff.mailing force row level security;

create policy owner_all on handoff.mailing to handoff_owner using (true) with check (true);
