alter table handoff.sign_in_links enable row level security;
alter table handoff.sign_in_links force row level security;

create policy owner_all on handoff.sign_in_links to handoff_owner using (true) with check (true);
