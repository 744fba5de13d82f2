-- Lock order: reader.
-- Rows of the trail keep the slug of their time, and all of these are below the id that is drawn here: the rename has
-- followed to every step or enrollment by then, which it locked for that. That trigger is the foreign key's, whose name
-- comes first. What was counted gets the new slug at once.
create or replace function handoff_private.note_rename()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.slug = old.slug then
    return null;
  end if;
  update handoff.trail_readers as r
  set recount_from = nextval('handoff.step_transitions_id_seq')
  where r.name = 'figures';
  update handoff.figures as f
  set key = new.slug
  where f.key = old.slug and f.figure <> 'advanced'
    and (f.figure in ('enrollments', 'enrollments_completed')) = (tg_table_name = 'programs');
  return null;
end;
$$;

comment on function handoff_private.note_rename() is
  'Has the figures counted anew after a partner or a program got another slug.';

create or replace trigger note_rename
  after update of slug on handoff.partners
  for each row execute function handoff_private.note_rename();

create or replace trigger note_rename
  after update of slug on handoff.programs
  for each row execute function handoff_private.note_rename();
