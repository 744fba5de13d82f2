-- What the isolation specs lean on. Each permutation has a student of its own, since the audit trail is never emptied;
-- nothing that is shown depends on ids, times or on the permutations before. Loaded after setup.sql and invariants.sql.

create table test.stage (
  number        integer primary key generated always as identity,
  student_id    uuid not null,
  enrollment_id uuid
);

-- A new student, enrolled in the program; null: not enrolled yet.
create or replace procedure test.open_stage(p_program_slug text default 'medical-assistant') language sql as $$
  with student as (
    select test.student(format('student-%s@test.example', (select count(*) from test.stage))) as id
  )
  insert into test.stage (student_id, enrollment_id)
  select s.id, case when p_program_slug is not null then handoff.enroll_student(s.id, p_program_slug) end
  from student as s
$$;

create or replace function test.stage() returns test.stage language sql as $$
  select s from test.stage as s order by s.number desc limit 1
$$;

create or replace function test.the_student() returns uuid language sql as $$ select (test.stage()).student_id $$;

-- Of two stages of one permutation the first.
create or replace function test.the_student_before() returns uuid language sql as $$
  select s.student_id from test.stage as s order by s.number desc offset 1 limit 1
$$;

create or replace function test.the_enrollment() returns uuid language sql as $$ select (test.stage()).enrollment_id $$;

create or replace function test.the_step(p_order integer) returns uuid language sql as $$
  select test.step(test.the_enrollment(), p_order)
$$;

create or replace function test.of(p_program_slug text) returns uuid language sql as $$
  select e.id from handoff.enrollments as e
  where e.student_id = test.the_student() and e.program_slug = p_program_slug
  order by e.enrolled_at desc
  limit 1
$$;

-- An account name or an event key of this permutation.
create or replace function test.own(p_name text) returns text language sql as $$
  select p_name || '-' || (test.stage()).number
$$;

-- A step by its partner, an enrollment by its program.
create or replace function test.label(p_id uuid) returns text language sql as $$
  select s.partner_slug from handoff.enrollment_steps as s where s.id = p_id
  union all
  select e.program_slug from handoff.enrollments as e where e.id = p_id
$$;

create or replace function test.the_receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = test.own(p_key)
$$;

-- The student is named by our own profile id, unless p_more says otherwise.
create or replace function test.deliver(p_key text, p_partner_slug text, p_event text, p_more jsonb default '{}')
returns text language sql as $$
  select test.send(p_partner_slug, p_event, test.the_student(), p_more, test.own(p_key))
$$;

-- The same under the name that the partner has for the student, and with what the shell says of the secret.
create or replace function test.deliver_as(
  p_account text, p_key text, p_partner_slug text, p_event text, p_context jsonb default '{}'
)
returns text language sql as $$
  select r.status || ':' || r.reason
  from handoff.receive_partner_event(
    p_partner_slug, test.own(p_key),
    convert_to(jsonb_build_object('event', p_event, 'student_id', test.own(p_account))::text, 'UTF8'), 'webhook', p_context
  ) as r
$$;

-- As deliver, from a partner whose deliveries are known by the hash of the body.
create or replace function test.deliver_unkeyed(p_partner_slug text, p_event text) returns text language sql as $$
  select r.status || ':' || r.reason
  from convert_to(jsonb_build_object('event', p_event, 'student_id', test.the_student())::text, 'UTF8') as b (body)
  cross join handoff.receive_partner_event(p_partner_slug, encode(sha256(b.body), 'hex'), b.body) as r
$$;

-- Does in a setup, where results are not shown.
create or replace procedure test.note(p_result anyelement) language sql as $$ select p_result $$;

-- One time of completion, by which two events tell of the same one.
create or replace function test.at_that_time() returns jsonb language sql as $$
  select jsonb_build_object('completed_at', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  from handoff.profiles as p
  where p.id = test.the_student()
$$;

-- What a statement returns, or the code of its refusal.
create or replace function test.try(p_sql text) returns text language plpgsql as $$
declare
  v_result text;
begin
  execute p_sql into v_result;
  return v_result;
exception
  when others then
    if sqlstate !~ '^TH' then
      raise;
    end if;
    return sqlstate;
end;
$$;

-- Applies all functions and policies again as a deploy does, under the locks that it takes first; they last until the end
-- of the transaction. Whoever runs the specs fills the table: the deploy's locks, then the files in their order.
create table test.code (
  position integer primary key generated always as identity,
  sql      text not null
);

create or replace function test.redeploy() returns text language plpgsql 
set check_function_bodies = off
set client_min_messages = error
as $$
declare
  v_code text[] := array(select c.sql from test.code as c order by c.position);
  v_sql  text;
begin
  perform set_config('role', 'handoff_owner', true);
  foreach v_sql in array v_code loop
    execute v_sql;
  end loop;
  perform set_config('role', 'none', true);
  return 'deployed';
end;
$$;

-- Everything of the student on the stage, a line each, and what test.violations() finds.
create or replace function test.scene() returns table (scene text) language sql as $$
  with mine as (
    select e.*, row_number() over (order by e.enrolled_at) as place
    from handoff.enrollments as e
    where e.student_id = test.the_student()
  )
  select l.line
  from (
    select 1 as part, m.place as place, concat_ws(
      ' ', m.program_slug, m.status || ':', test.steps(m.id),
      (
        select 'certificate'
        from handoff.certificates as c
        where c.enrollment_id = m.id and c.revoked_at is null and c.replaced_at is null
      )
    ) as line
    from mine as m
    union all
    select 2, e.position, concat_ws(
      ' ', 'event', case when length(e.event_key) < 64 then split_part(e.event_key, '-', 1) else 'by its hash' end, e.status || ':' || e.reason, 'of ' || m.program_slug,
      case when e.repetition > 0 then 'repetition ' || e.repetition end, case when e.seen > 1 then 'seen ' || e.seen end,
      (
        select 'and ' || count(*) || ' other body seen ' || sum(c.seen)
        from handoff.partner_event_conflicts as c
        where c.receipt = e.receipt having count(*) > 0
      )
    )
    from handoff.partner_events as e
    left join mine as m on m.id = e.enrollment_id
    where e.student_id = test.the_student() or e.event_key like '%-' || (test.stage()).number
      or convert_from(e.body, 'UTF8') like '%' || test.the_student() || '%'
    union all
    select 3, 0, concat_ws(' ', 'account', split_part(a.external_student_id, '-', 1), case when a.student_id is null then 'unknown' else 'linked' end)
    from handoff.partner_accounts as a
    where a.external_student_id like '%-' || (test.stage()).number
    union all
    select 4, 0, coalesce(string_agg('VIOLATED: ' || v.invariant || ': ' || v.detail, ', '), 'no violations')
    from test.violations() as v
  ) as l
  order by l.part, l.place, l.line
$$;

-- As deliver, of two students of one permutation for the first.
create or replace function test.deliver_before(p_key text, p_partner_slug text, p_event text) returns text language sql as $$
  select test.send(p_partner_slug, p_event, test.the_student_before(), '{}', test.own(p_key))
$$;

-- The worker looks once: the messages of this student that are there then, each as its kind and partner; first "not yet"
-- when the trail is not decided.
create or replace function test.follow() returns text language plpgsql as $$
declare
  v_mark record;
  v_went integer;
begin
  v_mark := handoff.mark_trail();
  v_went := handoff.follow_trail(v_mark.last_id, v_mark.ends_before, 1000);
  return concat_ws(
    ' ',
    case when v_went is null then 'not yet:' end,
    (
      select string_agg(o.kind || ' ' || o.partner_slug || ' ' || o.start_number, ', ' order by o.made_at, o.key)
      from handoff.outbox as o
      join handoff.enrollments as e on e.id = o.enrollment_id
      where o.partner_slug is not null and e.student_id in (select s.student_id from test.stage as s order by s.number desc limit 2)
    )
  );
end;
$$;
