-- Says whether the books balance: events, steps, enrollments, certificates and the audit trail against each other.
-- Run with: psql "$DATABASE_URL" -f seeds/CHECK_BOOKS.sql
-- Read only, but reads everything: minutes with millions of events. Prints the figures, then OK, or a line for each thing
-- that is wrong, and then ends with an exit code that is not 0.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

-- One snapshot, so that what arrives meanwhile is no difference.
begin isolation level repeatable read read only;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;
set local row_security = on;

select format('%s: %s', f.name, f.figure)
from (
  select 1, 'enrollments ' || e.status, count(*) from handoff.enrollments as e group by e.status
  union all
  select 2, 'certificates', count(*) from handoff.certificates
  union all
  select 3, 'transitions', count(*) from handoff.step_transitions
  union all
  select 4, format('events %s %s', e.status, e.reason), count(*) from handoff.partner_events as e group by e.status, e.reason
  union all
  select 5, 'other bodies under a known key', count(*) from handoff.partner_event_conflicts
) as f (place, name, figure)
order by f.place, f.name;

select format('%s: enrollment %s, %s', b.invariant, coalesce(b.enrollment_id::text, 'unknown'), b.detail)
from handoff_private.book_faults() as b
order by 1;

select :ROW_COUNT as faults, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: the books balance.
\else
  set local handoff_check.faults = :faults;
  do $$ begin raise exception 'things that are wrong: %', current_setting('handoff_check.faults'); end $$;
\endif

rollback;
