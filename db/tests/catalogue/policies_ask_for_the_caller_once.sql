begin;
select plan(2);

-- In a subselect the caller is looked up once for a query; bare, once for a row.
create temporary view fault as
select p.polrelid::regclass as table_name, p.polname
from pg_policy as p
cross join lateral (
  select concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as rule
) as e
where p.polrelid::regclass::text like 'handoff%'
  and regexp_replace(e.rule, '\( SELECT handoff\.caller_id\(\) AS caller_id\)', '', 'g') ~ 'caller_|current_|session_|clock';

select is_empty(
  'select * from fault', 'policies ask for the caller in a subselect only, and for nothing else of the session'
);
drop policy student_reads_own on handoff.enrollments;
create policy student_reads_own on handoff.enrollments for select to handoff_student
  using (student_id = handoff.caller_id());
select isnt_empty('select * from fault', 'a bare call would be found');

select * from finish();
rollback;
