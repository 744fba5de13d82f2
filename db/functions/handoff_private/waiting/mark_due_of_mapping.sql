-- Lock order: event.
-- Only what the mapping can decide: the events of students who are in its program.
create or replace function handoff_private.mark_due_of_mapping()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' or old is distinct from new then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.partner_slug and handoff_private.is_ready(e, 'mapping')
        and exists (
          select
          from handoff.enrollments as n
          where n.student_id = e.student_id and n.program_slug = new.program_slug and n.status <> 'withdrawn'
        )
    ));
  end if;
  return null;
end;
$$;

comment on function handoff_private.mark_due_of_mapping() is
  'A new or changed mapping makes the events due that were parked for want of it.';

create or replace trigger mark_due
  after insert or update on handoff.program_partners
  for each row execute function handoff_private.mark_due_of_mapping();
