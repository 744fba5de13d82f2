begin;
select plan(16);

-- A thousand students, so that the planner has a choice.
insert into handoff.profiles (email, full_name, role, created_at)
select format('student-%s@test.example', n), 'Student ' || n, 'student', now() from generate_series(1, 1000) as n;
insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
select p.id, 'medical-assistant', 'active', now(), now() from handoff.profiles as p where p.email like 'student-%';
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order)
select e.id, m.partner_slug, m.sequence_order
from handoff.enrollments as e
join handoff.program_partners as m on m.program_slug = e.program_slug;
insert into handoff.certificates (
  number, enrollment_id, student_id, student_name, program_slug, program_name, enrolled_at, completed_at, issued_at, partners
)
select handoff_private.new_certificate_number(), e.id, e.student_id, 'Student', e.program_slug, 'Program', now(), now(), now(), '[{}]'
from handoff.enrollments as e;
analyze handoff.profiles, handoff.enrollments, handoff.enrollment_steps, handoff.certificates;

create function pg_temp.plan_of(p_sql text) returns setof text language plpgsql as $$
begin
  return query execute 'explain (verbose, costs off) ' || p_sql;
end;
$$;
create temporary table tables (name text, index_name text);
insert into tables
values
  ('profiles', 'profiles_pkey'),
  ('enrollments', 'enrollments_student'),
  ('enrollment_steps', 'enrollment_steps_order_unique'),
  ('certificates', 'certificates_student');
grant select on tables to public;

select test.as_student((select p.id from handoff.profiles as p where p.email = 'student-500@test.example'));
create temporary table plans as
select t.name, t.index_name, p.line
from tables as t
cross join lateral pg_temp.plan_of('select * from handoff.' || t.name) as p (line);

select ok(
  bool_or(p.line ~ ('Index.* ' || p.index_name)), format('a student finds its rows of %s by the index %s', p.name, p.index_name)
)
from plans as p
group by p.name, p.index_name;
select ok(not bool_or(p.line ~ 'Seq Scan'), 'and reads no others of ' || p.name) from plans as p group by p.name;
select ok(
  bool_or(p.line ~ 'InitPlan') and not bool_or(p.line ~ '(Cond|Filter):.*(caller_id|current_setting)'),
  'who is calling is looked up before the rows of ' || p.name
)
from plans as p
group by p.name;

-- And counted, with a caller_id that counts.
select test.as_dba();
create or replace function handoff.caller_id() returns uuid language plpgsql stable as $$
begin
  perform set_config('test.calls', (coalesce(nullif(current_setting('test.calls', true), ''), '0')::integer + 1)::text, true);
  return (current_setting('request.jwt.claims')::jsonb ->> 'sub')::uuid;
end;
$$;
create function pg_temp.calls_for(p_sql text) returns text language plpgsql as $$
begin
  perform set_config('test.calls', '0', true);
  execute p_sql;
  return current_setting('test.calls');
end;
$$;
select test.as_student((select p.id from handoff.profiles as p where p.email = 'student-500@test.example'));
-- The steps go through the enrollments, which have the same policy.
select is(
  pg_temp.calls_for('select from handoff.' || t.name), case t.name when 'enrollment_steps' then '2' else '1' end,
  'once for all rows of ' || t.name
) from tables as t;

select * from finish();
rollback;
