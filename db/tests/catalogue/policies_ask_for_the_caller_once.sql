begin;
select plan(3);

-- In a subselect the caller is looked up once for a query; bare, once for a row.
create temporary view fault as
select p.polrelid::regclass as table_name, p.polname
from pg_policy as p
cross join lateral (
  select concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as rule
) as e
where p.polrelid::regclass::text like 'handoff%'
  and regexp_replace(e.rule, '\( SELECT handoff\.(caller_id|is_admin)\(\) AS \1\)', '', 'g')
    ~ 'caller_|is_admin|current_|session_|clock';

select is_empty(
  'select * from fault', 'policies ask for the caller in a subselect only, and for nothing else of the session'
);
drop policy student_reads_own on handoff.enrollments;
create policy student_reads_own on handoff.enrollments for select to handoff_student
  using (student_id = handoff.caller_id());
select is((select count(*) from fault), 1::bigint, 'a bare call would be found');
alter policy admin_reads on handoff.enrollments using (handoff.is_admin());
select is((select count(*) from fault), 2::bigint, 'and so would one that asks whether it is an admin');

select * from finish();
rollback;
