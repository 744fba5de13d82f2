alter table handoff.sessions enable row level security;
alter table handoff.sessions force row level security;

create policy owner_all on handoff.sessions to handoff_owner using (true) with check (true);
