alter table handoff.sessions enable row level security;
alter table handoff.sessions force row level security;

drop policy if exists owner_all on handoff.sessions;
create policy owner_all on handoff.sessions to handoff_owner using (true) with check (true);
