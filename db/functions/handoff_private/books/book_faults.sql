-- Reads every enrollment and every event: for a DBA, a simulation and the tests, not for a page.
create or replace function handoff_private.book_faults()
returns table (invariant text, enrollment_id uuid, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select f.* from handoff_private.faults_of_sequences() as f
  union all
  select f.* from handoff_private.faults_of_certificates() as f
  union all
  select f.* from handoff_private.faults_of_trail() as f
  union all
  select f.* from handoff_private.faults_of_events() as f
  union all
  select f.* from handoff_private.faults_of_credit() as f
  union all
  select f.* from handoff_private.faults_of_messages() as f
  union all
  select f.* from handoff_private.faults_of_figures() as f
  union all
  select f.* from handoff_private.faults_of_mails() as f
  union all
  select f.* from handoff_private.faults_of_alerts() as f
$$;

comment on function handoff_private.book_faults() is
  'Each place where something that must hold after every commit does not: no row, or there is a bug. The enrollment '
  'is null where none is known.';
