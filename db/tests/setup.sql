-- What every test may lean on. Loaded once into a database that is deployed and configured; pgTAP is in the schema tap.
-- Run by a superuser; production has no such schema, and its clock can't be set.

create schema if not exists test;
grant usage on schema test to public;
comment on schema test is 'Helpers of the tests.';

-- The test's clock: the setting test.now when there is one, else the time. It replaces the function, so no rule can tell.
create or replace function handoff.clock()
returns timestamptz
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$ select coalesce(nullif(current_setting('test.now', true), '')::timestamptz, pg_catalog.clock_timestamp()) $$;

create or replace function test.set_clock(p_now timestamptz) returns void language sql as $$
  select set_config('test.now', p_now::text, true)
$$;

create or replace function test.travel(p_by interval) returns void language sql as $$
  select test.set_clock(handoff.clock() + p_by)
$$;

-- People. Names are made from the e-mail address, so that a test says only what matters to it.
create or replace function test.student(p_email text default 'john@test.example') returns uuid language sql as $$
  select handoff.create_profile(p_email, initcap(split_part(p_email, '@', 1)) || ' Student')
$$;

create or replace function test.admin(p_email text default 'ada@test.example') returns uuid language sql as $$
  select handoff.create_profile(p_email, initcap(split_part(p_email, '@', 1)) || ' Admin', 'admin')
$$;

create or replace function test.enroll(
  p_program_slug text default 'medical-assistant', p_email text default 'john@test.example'
) returns uuid language sql as $$
  select handoff.enroll_student(test.student(p_email), p_program_slug)
$$;

-- Acting as somebody, until test.as_dba() or the end of the transaction.
create or replace function test.act(p_role text, p_profile_id uuid default null) returns void language sql as $$
  select
    set_config('request.jwt.claims', case when p_profile_id is null then '' else json_build_object('sub', p_profile_id)::text end, true),
    set_config('role', p_role, true)
$$;

create or replace function test.as_student(p_profile_id uuid) returns void language sql as $$
  select test.act('handoff_student', p_profile_id)
$$;

create or replace function test.as_admin(p_profile_id uuid) returns void language sql as $$
  select test.act('handoff_admin', p_profile_id)
$$;

create or replace function test.as_dba() returns void language sql as $$
  select test.act('none')
$$;

-- What is there, as one line: hsi:completed certiport:in_progress careersafe:pending.
create or replace function test.steps(p_enrollment_id uuid) returns text language sql as $$
  select string_agg(s.partner_slug || ':' || s.status, ' ' order by s.sequence_order)
  from handoff.enrollment_steps as s
  where s.enrollment_id = p_enrollment_id
$$;

create or replace function test.step(p_enrollment_id uuid, p_order integer) returns uuid language sql as $$
  select s.id from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id and s.sequence_order = p_order
$$;

create or replace function test.status(p_enrollment_id uuid) returns text language sql as $$
  select e.status from handoff.enrollments as e where e.id = p_enrollment_id
$$;

-- Sends one event and gives status:reason. The student is named by our own profile id unless p_more says otherwise.
create or replace function test.send(
  p_partner_slug text,
  p_event text,
  p_student_id uuid default null,
  p_more jsonb default '{}',
  p_key text default null,
  p_channel text default 'webhook'
) returns text language sql as $$
  select r.status || ':' || r.reason
  from handoff.receive_partner_event(
    p_partner_slug,
    coalesce(p_key, 'key-' || gen_random_uuid()),
    convert_to((jsonb_strip_nulls(jsonb_build_object('event', p_event, 'student_id', p_student_id)) || p_more)::text, 'UTF8'),
    p_channel
  ) as r
$$;
