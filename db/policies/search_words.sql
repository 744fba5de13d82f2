alter table handoff.search_words enable row level security;
alter table handoff.search_words force row level security;

create policy owner_all on handoff.search_words to handoff_owner using (true) with check (true);

create policy admin_reads on handoff.search_words for select to handoff_admin
  using ((select handoff.is_admin()));
grant select on handoff.search_words to handoff_admin;
