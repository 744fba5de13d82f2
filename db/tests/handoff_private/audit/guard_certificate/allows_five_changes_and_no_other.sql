begin;
select plan(34);
set local client_min_messages = warning;

create temporary table given as select test.enrollment_in('completed') as enrollment_id, test.student('jane@test.example') as jane;
create temporary table issued as select c.* from handoff.certificates as c join given using (enrollment_id);
grant select on given, issued to public;

-- What is told for a change; nothing of it stays.
create function pg_temp.told(p_change text) returns text language plpgsql as $$
begin
  execute 'update handoff.certificates set ' || p_change;
  raise exception using errcode = 'TEST0';
exception
  when others then
    return nullif(sqlstate, 'TEST0');
end;
$$;

select is(pg_temp.told(c.change), 'TH405', c.change || ' by a superuser')
from (values
  ('number = ''0123-4567-89AB-CDEF-G'''), ('student_name = ''Another'''), ('student_name = '''''), ('program_name = ''Another'''),
  ('program_slug = ''emt'''), ('enrolled_at = now()'), ('completed_at = ''2020-01-01'''), ('issued_at = now()'),
  ('partners = partners || partners'), ('time_zone = ''Europe/Paris'''), ('school_name = ''Another'''),
  ('school_address = ''Another'''), ('signatory = ''Another'''), ('revoked_at = now(), student_name = ''Another''')
) as c (change);
select is(pg_temp.told(format('student_id = %L', jane)), 'TH405', 'another student, whom the enrollment is not of') from given;
select is(pg_temp.told('student_name = student_name'), null, 'no change is none');
select is(pg_temp.told('revoked_at = now()'), null, '1: revoked');
with replaced as (
  update handoff.certificates as c
  set replaced_at = now(), replaced_by = '0123-4567-89AB-CDEF-G'
  from issued
  where c.number = issued.number
  returning c.*
)
insert into handoff.certificates
select (jsonb_populate_record(i, '{"number": "0123-4567-89AB-CDEF-G"}')).* from issued as i, replaced;
select is(count(c.replaced_at), 1::bigint, '2: replaced') from handoff.certificates as c;
select is(pg_temp.told('replaced_at = null, replaced_by = null where replaced_at is not null'), 'TH405', 'it stays replaced');
select is(
  pg_temp.told('replaced_at = null, replaced_by = null, revoked_at = now() where replaced_at is not null'), 'TH405', 'and is not revoked'
);
select is(pg_temp.told('student_name = null where replaced_at is not null'), null, '3: an erased name, of a replaced one, too');
update handoff.certificates set revoked_at = now() where replaced_at is null;
select is(pg_temp.told('revoked_at = null where revoked_at is not null'), 'TH405', 'it stays revoked');
select is(pg_temp.told('revoked_at = now() + interval ''1 day'' where revoked_at is not null'), 'TH405', 'since the same moment');
update handoff.enrollments set student_id = jane from given where id = given.enrollment_id;
select is(count(*), 2::bigint, '4: moved with its enrollment')
from handoff.certificates as c join given as g on g.enrollment_id = c.enrollment_id and g.jane = c.student_id;
update handoff.programs set slug = 'renamed' where slug = 'cna';
select is(min(c.program_slug), 'renamed', '5: following a renamed program') from handoff.certificates as c join given using (enrollment_id);

select throws_ok('delete from handoff.certificates', 'TH405', null, 'never deleted');
select throws_ok('truncate handoff.certificates cascade', 'TH405', null, 'nor all at once');
set local session_replication_role = replica;
select throws_ok('delete from handoff.certificates', 'TH405', null, 'whatever a session is set to');
select is(pg_temp.told('program_name = ''Another'''), 'TH405', 'nor changed');
set local session_replication_role = origin;
select set_config('handoff.act', 'kept', true);
set local role handoff_owner;
select is(pg_temp.told('program_name = ''Another'''), 'TH405', 'not by the owner');
select throws_ok('delete from handoff.certificates', 'TH405', null, 'nor deleted by the owner');
select test.act('handoff_admin');
select is(pg_temp.told('revoked_at = now()'), '42501', 'an admin may not even try');
select throws_ok('delete from handoff.certificates', '42501', null, 'nor to delete');
select throws_ok('insert into handoff.acts (act) values (''forged'')', '42501', null, 'nor to make up an act');

select * from finish();
rollback;
