alter table handoff.event_replays enable row level security;
alter table handoff.event_replays force row level security;

drop policy if exists owner_all on handoff.event_replays;
create policy owner_all on handoff.event_replays to handoff_owner using (true) with check (true);

drop policy if exists admin_reads on handoff.event_replays;
create policy admin_reads on handoff.event_replays for select to handoff_admin using (true);
grant select on handoff.event_replays to handoff_admin;
