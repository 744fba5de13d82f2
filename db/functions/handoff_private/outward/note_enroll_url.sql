-- A partner is told of steps that start from now on, and of none that had started before.
create or replace function handoff_private.note_enroll_url()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.enroll_url is null then
    new.enroll_url_since := null;
  elsif tg_op = 'INSERT' or old.enroll_url is null then
    new.enroll_url_since := handoff.clock();
  end if;
  return new;
end;
$$;

comment on function handoff_private.note_enroll_url() is
  'Notes since when a partner is told of its students; another address for one that is told already changes '
  'nothing.';

create or replace trigger note_enroll_url
  before insert or update of enroll_url on handoff.partners
  for each row execute function handoff_private.note_enroll_url();
