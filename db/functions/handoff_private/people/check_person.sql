-- A trigger and no CHECK: what an earlier version stored stays as it is, and usable, until somebody changes it. After
-- the row is written, so that the constraints speak first.
create or replace function handoff_private.check_person()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if (tg_op = 'INSERT' or new.email <> old.email)
    and handoff_private.stored_address(new.email) is distinct from new.email
  then
    perform handoff_private.refuse_details('email');
  elsif (tg_op = 'INSERT' or new.full_name <> old.full_name)
    and handoff_private.stored_name(new.full_name) is distinct from new.full_name
  then
    perform handoff_private.refuse_details('full_name');
  end if;
  return null;
end;
$$;

comment on function handoff_private.check_person() is
  'Refuses a new address or name that is not as it is stored, whoever writes it.';

create or replace trigger check_person
  after insert or update of email, full_name on handoff.profiles
  for each row execute function handoff_private.check_person();
