-- Five changes are right: revoked, replaced, without an erased name, moved with its enrollment to a merged student,
-- following a renamed program. The old slug is gone only when it was renamed; foreign keys see to the rest.
create or replace function handoff_private.guard_certificate()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_right handoff.certificates;
begin
  if tg_op = 'UPDATE' then
    v_right := old;
    if old.revoked_at is null and old.replaced_at is null then
      v_right.revoked_at := new.revoked_at;
      v_right.replaced_at := new.replaced_at;
      v_right.replaced_by := new.replaced_by;
    end if;
    if new.student_name is null then
      v_right.student_name := null;
    end if;
    if not exists (select from handoff.programs as g where g.slug = old.program_slug) then
      v_right.program_slug := new.program_slug;
    end if;
    if not exists (
      select from handoff.enrollments as e where e.id = old.enrollment_id and e.student_id = old.student_id
    ) then
      v_right.student_id := new.student_id;
    end if;
    if new is not distinct from v_right then
      return new;
    end if;
  end if;
  raise exception using
    errcode = 'TH405',
    message = 'append-only table',
    detail = jsonb_build_object('table', tg_table_name, 'command', tg_op)::text,
    hint = 'Revoke a certificate, or have it issued anew.';
end;
$$;

comment on function handoff_private.guard_certificate() is
  'Keeps certificates as they were issued, for every role, superusers included: they are revoked, replaced, erased or '
  'moved.';

create or replace trigger append_only
  before update or delete on handoff.certificates
  for each row execute function handoff_private.guard_certificate();

create or replace trigger never_emptied
  before truncate on handoff.certificates
  for each statement execute function handoff_private.guard_certificate();

-- A session that is set to skip triggers does not skip these.
alter table handoff.certificates enable always trigger append_only;
alter table handoff.certificates enable always trigger never_emptied;
