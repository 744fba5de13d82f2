-- What CHECK_BOOKS would say, but for the enrollments that a DBA made without steps on purpose.
select b.invariant, b.detail
from handoff_private.book_faults() as b
where not exists (
  select
  from handoff.enrollments as e
  where e.id = b.enrollment_id and not exists (select from handoff.enrollment_steps as s where s.enrollment_id = e.id)
)
