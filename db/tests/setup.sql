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

-- A list of students that was read and looked at, from lines of text with cells between bars.
create or replace function test.import(p_lines text[], p_defaults jsonb default '{}') returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  v_id := handoff.read_import('students', 'list.csv', (
    select jsonb_agg(jsonb_build_array(l.line, to_jsonb(string_to_array(l.text, '|'))) order by l.line)
    from unnest(p_lines) with ordinality as l (text, line)
  ), p_defaults);
  perform handoff.preview_import(v_id, 5000);
  return v_id;
end;
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

-- What read_event makes of a body: received, or status:reason.
create or replace function test.reads(p_partner_slug text, p_body bytea) returns text language sql as $$
  select concat_ws(':', r.status, r.reason)
  from handoff_private.read_event(handoff_private.new_event(p_partner_slug, 'a key', p_body, 'webhook', '{}')) as r
$$;

-- Whether a glance is enough for a body: plain, or left to the closer look; and WRONG when that would have refused it.
create or replace function test.glance(p_partner_slug text, p_body bytea) returns text language plpgsql as $$
declare
  v_text text := convert_from(p_body, 'UTF8');
  v_doc  jsonb;
  v_type handoff.partner_event_types;
  v_new  handoff.partner_events := handoff_private.new_event(p_partner_slug, 'a key', p_body, 'webhook', '{}');
  v_fast handoff.partner_events;
  v_slow handoff.partner_events;
begin
  v_doc := v_text;
  if not handoff_private.is_plain_object(v_text, v_doc::text) then
    return 'left';
  end if;
  v_doc := jsonb_strip_nulls(v_doc);
  select t.* into v_type
  from handoff.partner_event_types as t
  where t.partner_slug = p_partner_slug and t.event_type = v_doc ->> 'event';
  v_fast := handoff_private.read_event(v_new);
  v_slow := handoff_private.read_closely(v_new, v_doc);
  return case
    when handoff_private.body_fault(p_body) is not null then 'WRONG object'
    when not exists (
      select from handoff.partner_accounts as a
      where a.partner_slug = p_partner_slug and a.external_student_id = v_doc ->> 'student_id' and a.student_id is not null
    ) then 'left'
    when handoff_private.has_plain_fields(v_doc, v_type, handoff_private.time_of(v_doc -> 'completed_at')) is not true then 'left'
    when v_slow.reason is not null or (
      v_fast.event_type, v_fast.meaning, v_fast.external_student_id, v_fast.item_ref, v_fast.partner_enrollment_ref,
      v_fast.partner_completed_at, v_fast.passed, v_fast.result, v_fast.student_id, v_fast.left_out
    ) is distinct from (
      v_slow.event_type, v_slow.meaning, v_slow.external_student_id, v_slow.item_ref, v_slow.partner_enrollment_ref,
      v_slow.partner_completed_at, v_slow.passed, v_slow.result, v_slow.student_id, v_slow.left_out
    ) then 'WRONG fields'
    else 'plain'
  end;
exception
  when data_exception or program_limit_exceeded then
    return 'left';
end;
$$;

-- An enrollment as no function leaves it: for what must hold whatever a DBA did.
create or replace function test.enrollment_without_steps(
  p_program_slug text default 'medical-assistant', p_status text default 'active', p_email text default 'john@test.example'
) returns uuid language sql as $$
  insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at, completed_at, withdrawn_at)
  select
    test.student(p_email), p_program_slug, p_status, c.now,
    case when p_status <> 'pending' then c.now end,
    case when p_status = 'completed' then c.now end,
    case when p_status = 'withdrawn' then c.now end
  from (select handoff.clock() as now) as c
  returning id
$$;

-- All that is stored about an enrollment: two equal pictures say that nothing changed.
create or replace function test.picture(p_enrollment_id uuid) returns jsonb language sql as $$
  select jsonb_build_object(
    'enrollment', (select to_jsonb(e) from handoff.enrollments as e where e.id = p_enrollment_id),
    'steps', (
      select jsonb_agg(to_jsonb(s) order by s.sequence_order, s.id)
      from handoff.enrollment_steps as s
      where s.enrollment_id = p_enrollment_id
    ),
    'certificates', (
      select jsonb_agg(to_jsonb(c) order by c.number) from handoff.certificates as c where c.enrollment_id = p_enrollment_id
    ),
    'trail', (select count(*) from handoff.step_transitions as t where t.enrollment_id = p_enrollment_id)
  )
$$;

-- The constraint that a statement runs into, as code:name, or null when it runs. Nothing of it stays.
-- PostgreSQL 18 tells a restricting foreign key by a code of its own, 23001; here it is 23503 as before.
create or replace function test.refused_by(p_sql text) returns text language plpgsql as $$
declare
  v_constraint text;
begin
  begin
    execute p_sql;
    raise exception using errcode = 'TEST0';
  exception
    when integrity_constraint_violation then
      get stacked diagnostics v_constraint = constraint_name;
      return replace(sqlstate, '23001', '23503') || ':' || v_constraint;
    when sqlstate 'TEST0' then
      return null;
  end;
end;
$$;

-- Sends these bytes as they are and gives status:reason.
create or replace function test.deliver_raw(
  p_partner_slug text, p_body bytea, p_key text default null, p_channel text default 'webhook'
) returns text language sql as $$
  select r.status || ':' || r.reason
  from handoff.receive_partner_event(p_partner_slug, coalesce(p_key, 'key-' || gen_random_uuid()), p_body, p_channel) as r
$$;

-- An enrollment of its own student, brought to a status by the functions.
create or replace function test.enrollment_in(p_status text, p_program_slug text default 'cna') returns uuid language plpgsql as $$
declare
  v_email constant text := p_status || '@test.example';
  v_id uuid;
begin
  if p_status = 'pending' then
    return test.enrollment_without_steps(p_program_slug, p_status, v_email);
  end if;
  v_id := test.enroll(p_program_slug, v_email);
  case p_status
    when 'active' then
      null;
    when 'on_hold' then
      perform handoff.hold_enrollment(v_id, 'on leave');
    when 'withdrawn' then
      perform handoff.withdraw_enrollment(v_id, 'moved away');
    when 'completed' then
      perform handoff.mark_step_complete(s.id) from handoff.enrollment_steps as s where s.enrollment_id = v_id;
  end case;
  return v_id;
end;
$$;

-- What a role is told when it runs a statement: the SQLSTATE, or null when it runs. Nothing of it stays.
create or replace function test.answer(p_role text, p_sql text) returns text language plpgsql as $$
begin
  perform set_config('role', p_role, true);
  execute p_sql;
  raise exception using errcode = 'TEST0';
exception
  when others then
    return nullif(sqlstate, 'TEST0');
end;
$$;

-- In which of our tables a text stands, in any column, as text or as bytes; a new table joins by itself.
create or replace function test.found(p_text text) returns text language plpgsql as $$
declare
  v_table record;
  v_found text := '';
  v_hits  bigint;
begin
  for v_table in
    select c.oid::regclass as name
    from pg_catalog.pg_class as c
    where c.relnamespace::regnamespace::text in ('handoff', 'handoff_private', 'handoff_ops') and c.relkind in ('r', 'm', 'p')
  loop
    execute format(
      'select count(*) from %s as t where position(lower(%L) in lower(t::text)) > 0 or position(encode(convert_to(%L, ''UTF8''), ''hex'') in t::text) > 0',
      v_table.name, p_text, p_text
    ) into v_hits;
    v_found := v_found || case when v_hits > 0 then v_table.name || ' ' else '' end;
  end loop;
  return v_found;
end;
$$;

-- The worker looks once; how many ids of the trail it went on. The transactions of other tests are not waited for.
create or replace function test.follow_trail() returns integer language sql as $$
  select handoff.follow_trail(m.last_id, '3', 1000000, 'watch') from handoff.mark_trail() as m;
  select handoff.follow_trail(m.last_id, '3', 1000000) from handoff.mark_trail() as m
$$;

create or replace function test.follow_figures() returns integer language sql as $$
  select handoff.follow_figures(m.last_id, '3', 1000000) from handoff.mark_trail() as m
$$;

-- The figures, counted anew, as figures_now gives them.
create or replace function test.counted_figures() returns jsonb language sql as $$
  select jsonb_object_agg(c.figure, c.cases)
  from (
    select f.figure, jsonb_object_agg(f.key, f.cases) as cases
    from handoff.count_figures() as f
    where f.figure <> 'advanced'
    group by f.figure
  ) as c
$$;

-- The worker looks, and sweeps; the alerts that are open then, as one line: enrollment_blocked failed hsi.
create or replace function test.sweep() returns text language plpgsql as $$
begin
  perform handoff.follow_trail(m.last_id, '3', 1000000, 'watch') from handoff.mark_trail() as m;
  perform handoff.sweep_alerts();
  return test.alerts();
end;
$$;

create or replace function test.alerts() returns text language sql as $$
  select string_agg(
    concat_ws(' ', a.kind, a.about, a.partner_slug, case a.severity when 'severe' then 'severe' end), ', '
    order by a.kind, a.about, a.partner_slug
  )
  from handoff.alerts as a
  where a.closed_at is null
$$;

-- It claims a message and begins to send it.
create or replace function test.begin_one(p_lease interval default '60 s') returns handoff.claimed_message language plpgsql as $$
declare
  v_claimed handoff.claimed_message;
begin
  select c.* into v_claimed from handoff.claim_messages(1, 2, p_lease) as c;
  perform handoff.begin_sending(v_claimed.message_id, v_claimed.lease_token);
  return v_claimed;
end;
$$;

-- A mail that was sent to a person.
create or replace function test.mailed(p_profile_id uuid, p_kind text default 'digest') returns uuid language sql as $$
  insert into handoff.outbox (key, kind, profile_id, made_at, expires_at, status, attempts, settled_at, mailed_to)
  select p_kind || ':' || gen_random_uuid(), p_kind, p.id, handoff.clock(), handoff.clock() + interval '1 day', 'sent', 1, handoff.clock(), p.email
  from handoff.profiles as p
  where p.id = p_profile_id
  returning message_id
$$;

-- The messages to partners as one line, in the order in which they were made: hsi 1 pending, hsi 2 sent.
create or replace function test.messages() returns text language sql as $$
  select string_agg(concat_ws(' ', o.partner_slug, o.start_number, o.status), ', ' order by o.made_at, o.key)
  from handoff.outbox as o
  where o.partner_slug is not null
$$;

-- The mails as one line, in the order in which they were made: enrolled sent, step_ready pending.
create or replace function test.mails() returns text language sql as $$
  select string_agg(concat_ws(' ', o.kind, o.status), ', ' order by o.made_at, o.kind, o.key) from handoff.outbox as o where o.profile_id is not null
$$;

-- The worker looks, claims all mails that are due, begins and sends them; the kinds that it sent.
create or replace function test.send_mails() returns text language plpgsql as $$
declare
  v_mail handoff.claimed_mail;
  v_sent text[] := '{}';
begin
  perform test.follow_trail();
  for v_mail in select * from handoff.claim_mails(100, 100, '3 minutes') loop
    if handoff.prepare_mail(v_mail.message_id, v_mail.lease_token, 'written') = 'ready'
      and handoff.begin_sending(v_mail.message_id, v_mail.lease_token)
    then
      perform handoff.settle_mail(v_mail.message_id, v_mail.lease_token, 'sent');
      v_sent := v_sent || v_mail.kind;
    end if;
  end loop;
  return coalesce((select string_agg(s.kind, ', ' order by s.kind) from unnest(v_sent) as s (kind)), '');
end;
$$;
