alter table handoff.erasure_key enable row level security;
alter table handoff.erasure_key force row level security;

create policy owner_all on handoff.erasure_key to handoff_owner using (true) with check (true);
