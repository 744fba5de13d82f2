-- Lock order: words.
-- The caller holds: profile.
create or replace function handoff_private.index_person()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    delete from handoff.search_words as w where w.profile_id = new.id;
  end if;
  insert into handoff.search_words (word, profile_id)
  select w.word, new.id
  from handoff_private.words_of_person(new.full_name, new.email) as w (word)
  where new.merged_into is null and new.erased_at is null;
  return null;
end;
$$;

comment on function handoff_private.index_person() is
  'Keeps the words by which a person is found, whoever writes the row. Who was merged or erased is not found.';

create or replace trigger index_person
  after insert or update of email, full_name, merged_into, erased_at on handoff.profiles
  for each row execute function handoff_private.index_person();
