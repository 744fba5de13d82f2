--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: handoff; Type: SCHEMA; Schema: -; Owner: handoff_owner
--

CREATE SCHEMA handoff;


ALTER SCHEMA handoff OWNER TO handoff_owner;

--
-- Name: SCHEMA handoff; Type: COMMENT; Schema: -; Owner: handoff_owner
--

COMMENT ON SCHEMA handoff IS 'Enrollments that move from partner to partner by themselves: the tables, and the functions that people and programs call.';


--
-- Name: handoff_ops; Type: SCHEMA; Schema: -; Owner: handoff_owner
--

CREATE SCHEMA handoff_ops;


ALTER SCHEMA handoff_ops OWNER TO handoff_owner;

--
-- Name: SCHEMA handoff_ops; Type: COMMENT; Schema: -; Owner: handoff_owner
--

COMMENT ON SCHEMA handoff_ops IS 'What was deployed.';


--
-- Name: handoff_private; Type: SCHEMA; Schema: -; Owner: handoff_owner
--

CREATE SCHEMA handoff_private;


ALTER SCHEMA handoff_private OWNER TO handoff_owner;

--
-- Name: SCHEMA handoff_private; Type: COMMENT; Schema: -; Owner: handoff_owner
--

COMMENT ON SCHEMA handoff_private IS 'Helpers of the functions in handoff. No role but the owner can call them.';


--
-- Name: event_receipt; Type: TYPE; Schema: handoff; Owner: handoff_owner
--

CREATE TYPE handoff.event_receipt AS (
	receipt uuid,
	status text,
	reason text,
	enrollment_id uuid,
	step_id uuid,
	next_step_id uuid
);


ALTER TYPE handoff.event_receipt OWNER TO handoff_owner;

--
-- Name: TYPE event_receipt; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TYPE handoff.event_receipt IS 'What a sender is told: the receipt, the outcome, and the step that the event started.';


--
-- Name: act; Type: TYPE; Schema: handoff_private; Owner: handoff_owner
--

CREATE TYPE handoff_private.act AS (
	cause text,
	reason text,
	event_receipt uuid,
	actor_role text,
	actor_id uuid
);


ALTER TYPE handoff_private.act OWNER TO handoff_owner;

--
-- Name: TYPE act; Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON TYPE handoff_private.act IS 'Why a status changes, and who changes it.';


--
-- Name: text_span; Type: TYPE; Schema: handoff_private; Owner: handoff_owner
--

CREATE TYPE handoff_private.text_span AS RANGE (
    subtype = text,
    multirange_type_name = handoff_private.text_span_multirange,
    collation = pg_catalog."C"
);


ALTER TYPE handoff_private.text_span OWNER TO handoff_owner;

--
-- Name: TYPE text_span; Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON TYPE handoff_private.text_span IS 'A range of texts; lets an exclusion constraint say that no course has two mappings.';


--
-- Name: advance_to_next_step(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.advance_to_next_step(p_enrollment_id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(p_enrollment_id);
begin
  perform handoff_private.begin_act('advanced');
  if v_enrollment.status <> 'active' then
    return handoff_private.step_in_progress(p_enrollment_id);
  end if;
  return handoff_private.advance(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff.advance_to_next_step(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION advance_to_next_step(p_enrollment_id uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.advance_to_next_step(p_enrollment_id uuid) IS 'Starts the first pending step of an active enrollment when none is in progress or failed, or completes it when all are done. Returns the step in progress. TH404.';


--
-- Name: apply_due_events(integer); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.apply_due_events(p_limit integer DEFAULT 100, OUT tried integer, OUT applied integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_due     record;
  v_receipt handoff.event_receipt;
  v_held    text[] := array[]::text[];
  v_timeout constant text := current_setting('lock_timeout');
begin
  perform handoff_private.require_admin();
  tried := 0;
  applied := 0;
  if not pg_try_advisory_xact_lock(7232117002) then
    return;
  end if;
  perform set_config('lock_timeout', '100ms', true);
  for v_due in
    select e.receipt, e.partner_slug || ' ' || e.external_student_id as student, e.body is not null as has_body
    from handoff.partner_events as e
    where e.due_at is not null
    order by e.position
  loop
    exit when tried >= p_limit or cardinality(v_held) >= 20;
    -- The others of the same student wait as well, so that they keep their order.
    continue when v_due.student = any (v_held);
    begin
      perform handoff_private.lock_due_event(v_due.receipt);
      if v_due.has_body then
        v_receipt := handoff_private.decide_again(v_due.receipt);
        applied := applied + (v_receipt.status in ('accepted', 'ignored'))::integer;
      end if;
      update handoff.partner_events as e set due_at = null where e.receipt = v_due.receipt;
      tried := tried + 1;
    exception
      when lock_not_available or deadlock_detected then
        v_held := array_append(v_held, coalesce(v_due.student, v_due.receipt::text));
    end;
  end loop;
  perform set_config('lock_timeout', v_timeout, true);
end;
$$;


ALTER FUNCTION handoff.apply_due_events(p_limit integer, OUT tried integer, OUT applied integer) OWNER TO handoff_owner;

--
-- Name: FUNCTION apply_due_events(p_limit integer, OUT tried integer, OUT applied integer); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.apply_due_events(p_limit integer, OUT tried integer, OUT applied integer) IS 'Tries so many of the events that are due, in order of receipt; returns how many were tried and how many were applied. What others hold stays due. TH403.';


--
-- Name: approve_enrollment(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.approve_enrollment(p_enrollment_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('approved', handoff_private.require_reason(p_reason));
  perform handoff_private.lock_enrollments_of(
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'active' then
    return v_enrollment.status;
  elsif v_enrollment.status <> 'pending' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an enrollment that awaits approval is approved.'
    );
  end if;
  update handoff.enrollments as e
  set status = 'active', activated_at = greatest(handoff.clock(), e.enrolled_at)
  where e.id = p_enrollment_id
  returning * into v_enrollment;
  perform handoff_private.create_steps(v_enrollment);
  perform handoff_private.apply_waiting(p_enrollment_id, 'awaiting_approval');
  return handoff_private.enrollment_status(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff.approve_enrollment(p_enrollment_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION approve_enrollment(p_enrollment_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.approve_enrollment(p_enrollment_id uuid, p_reason text) IS 'Activates a pending enrollment, makes its steps and applies what waited for it. Returns the new status. TH403, TH404, TH409, TH422.';


--
-- Name: assign_partner_event(uuid, uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text) RETURNS handoff.event_receipt
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_event handoff.partner_events;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event', handoff_private.require_reason(p_reason), p_receipt);
  v_event := handoff_private.event_to_decide(p_receipt);
  if v_event.status in ('accepted', 'ignored') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif v_event.status <> 'parked' or v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Only a parked event with its body is assigned.');
  end if;
  perform handoff_private.require_step_of_event(handoff_private.read_event(v_event), p_step_id);
  return handoff_private.apply_event(v_event, p_step_id);
end;
$$;


ALTER FUNCTION handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text) IS 'Applies a parked event to the step that an admin names. TH403 a step of another partner or student, TH404, TH409 not parked or on hold.';


--
-- Name: attention_counts(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.attention_counts() RETURNS TABLE(status text, reason text, events bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select e.status, e.reason, count(*)
  from handoff.partner_events as e
  where e.status in ('parked', 'rejected')
  group by e.status, e.reason
  union all
  select 'conflict', 'key_reused', count(*)
  from handoff.partner_event_conflicts
  having count(*) > 0
  order by 1, 2
$$;


ALTER FUNCTION handoff.attention_counts() OWNER TO handoff_owner;

--
-- Name: FUNCTION attention_counts(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.attention_counts() IS 'How many deliveries are parked, rejected or in conflict, by reason.';


--
-- Name: auto_advanced_today(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.auto_advanced_today() RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select count(*)::integer
  from handoff.step_transitions as t
  where t.step_id is not null and t.to_status = 'in_progress' and t.cause = 'advanced'
    and t.actor_role in ('handoff_webhook', 'handoff_worker')
    and t.occurred_at >= (select date_trunc('day', handoff.clock(), 'UTC'))
    and exists (
      select
      from handoff.step_transitions as b
      where b.enrollment_id = t.enrollment_id and b.id < t.id and b.step_id is not null and b.to_status in ('completed', 'skipped')
    )
$$;


ALTER FUNCTION handoff.auto_advanced_today() OWNER TO handoff_owner;

--
-- Name: FUNCTION auto_advanced_today(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.auto_advanced_today() IS 'Steps that started today (UTC) because the one before ended, without a person.';


--
-- Name: automation_rates(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.automation_rates() RETURNS TABLE(measure text, cases bigint, successes bigint, rate numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with trail as (
    select
      t.*,
      t.actor_role in ('handoff_webhook', 'handoff_worker') as unaided,
      t.step_id is not null and t.to_status = 'in_progress' as is_start
    from handoff.step_transitions as t
  ),
  per_enrollment as (
    select
      t.enrollment_id,
      bool_or(t.step_id is null and t.to_status = 'active' and t.from_status is distinct from 'on_hold') as activated,
      bool_or(t.cause = 'generated') as generated,
      min(t.id) filter (where t.is_start) as first_start,
      bool_or(t.is_start and t.cause = 'advanced') as started
    from trail as t
    group by t.enrollment_id
  ),
  counted (place, measure, cases, successes) as (
    select 1, 'steps_generated', count(*), count(*) filter (where p.generated)
    from per_enrollment as p
    where p.activated
    union all
    select 2, 'first_steps_started', count(*), count(*) filter (where p.started)
    from per_enrollment as p
    where p.generated
    union all
    select 3, 'transitions_without_a_person', count(*), count(*) filter (where t.unaided)
    from trail as t
    join per_enrollment as p on p.enrollment_id = t.enrollment_id
    where (t.is_start and t.id <> p.first_start) or (t.step_id is null and t.to_status = 'completed')
    union all
    select 4, 'completions_detected', count(*), count(*) filter (where t.unaided and t.cause = 'partner_event')
    from trail as t
    where t.step_id is not null and t.to_status = 'completed'
  )
  select c.measure, c.cases, c.successes, round(100.0 * c.successes / nullif(c.cases, 0), 2)
  from counted as c
  order by c.place
$$;


ALTER FUNCTION handoff.automation_rates() OWNER TO handoff_owner;

--
-- Name: FUNCTION automation_rates(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.automation_rates() IS 'How much of the work is done with nobody in between, from the audit trail, with the number of cases; the rate is null without cases.';


--
-- Name: caller_id(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.caller_id() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
  select (
    case when pg_catalog.current_setting('request.jwt.claims', true) operator(pg_catalog.<>) ''
      then pg_catalog.current_setting('request.jwt.claims', true)::pg_catalog.jsonb operator(pg_catalog.->>) 'sub'
    end
  )::pg_catalog.uuid
$$;


ALTER FUNCTION handoff.caller_id() OWNER TO handoff_owner;

--
-- Name: FUNCTION caller_id(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.caller_id() IS 'The person in the claims of this transaction, or null. Claims that can not be read are an error, not nobody.';


--
-- Name: certificate_details(text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.certificate_details(p_number text) RETURNS TABLE(number text, student_name text, program_name text, enrolled_at timestamp with time zone, completed_at timestamp with time zone, issued_at timestamp with time zone, partners jsonb)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select c.number, c.student_name, c.program_name, c.enrolled_at, c.completed_at, c.issued_at, c.partners
  from handoff.certificates as c
  where c.number = p_number
$$;


ALTER FUNCTION handoff.certificate_details(p_number text) OWNER TO handoff_owner;

--
-- Name: FUNCTION certificate_details(p_number text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.certificate_details(p_number text) IS 'What the printed certificate says, under the caller''s row-level security.';


--
-- Name: clock(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.clock() RETURNS timestamp with time zone
    LANGUAGE sql
    AS $$ select pg_catalog.clock_timestamp() $$;


ALTER FUNCTION handoff.clock() OWNER TO handoff_owner;

--
-- Name: FUNCTION clock(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.clock() IS 'The current time. The only clock that rules and pages read.';


--
-- Name: complete_sign_in(bytea, bytea); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea) RETURNS TABLE(profile_id uuid, role text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_now        timestamptz := handoff.clock();
  v_profile_id uuid;
begin
  update handoff.sign_in_links as l
  set used_at = v_now
  where l.token_hash = p_token_hash and l.used_at is null and l.created_at <= v_now and l.expires_at > v_now
  returning l.profile_id into v_profile_id;
  if not found then
    return;
  end if;
  delete from handoff.sessions as s where s.profile_id = v_profile_id and s.expires_at <= v_now;
  insert into handoff.sessions (session_hash, profile_id, created_at, expires_at)
  values (p_session_hash, v_profile_id, v_now, v_now + interval '12 hours');
  return query select p.id, p.role from handoff.profiles as p where p.id = v_profile_id;
end;
$$;


ALTER FUNCTION handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION complete_sign_in(p_token_hash bytea, p_session_hash bytea); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea) IS 'Uses a link once and opens a session of 12 hours; no row when the link is unknown, used or expired.';


--
-- Name: count_refusals(text, text, integer); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into handoff.webhook_refusals as r (partner_slug, code, day, refusals)
  select p.slug, p_code, (handoff.clock() at time zone 'UTC')::date, p_refusals
  from handoff.partners as p
  where p.slug = p_partner_slug
  on conflict (partner_slug, code, day) do update set refusals = r.refusals + excluded.refusals
$$;


ALTER FUNCTION handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer) OWNER TO handoff_owner;

--
-- Name: FUNCTION count_refusals(p_partner_slug text, p_code text, p_refusals integer); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer) IS 'Adds to the count of deliveries of a partner that were refused today (UTC) with this code.';


--
-- Name: create_profile(text, text, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.create_profile(p_email text, p_full_name text, p_role text DEFAULT 'student'::text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_email text := lower(btrim(p_email));
  v_id    uuid;
begin
  perform handoff_private.require_admin();
  insert into handoff.profiles (email, full_name, role, created_at)
  values (v_email, btrim(p_full_name), p_role, handoff.clock())
  on conflict (email) do nothing
  returning id into v_id;
  if v_id is null then
    select p.id into strict v_id from handoff.profiles as p where p.email = v_email;
  end if;
  return v_id;
exception
  when check_violation or not_null_violation then
    raise exception using
      errcode = 'TH400',
      message = 'not a person''s details',
      detail = jsonb_build_object('violated', sqlerrm)::text,
      hint = 'Give an e-mail address, a name of 1 to 200 characters, and the role student or admin.';
end;
$$;


ALTER FUNCTION handoff.create_profile(p_email text, p_full_name text, p_role text) OWNER TO handoff_owner;

--
-- Name: FUNCTION create_profile(p_email text, p_full_name text, p_role text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.create_profile(p_email text, p_full_name text, p_role text) IS 'The person with this e-mail address, made when new; an existing one is returned unchanged. TH400: details that can not be right.';


--
-- Name: deployed_fingerprint(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.deployed_fingerprint() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select encode(
    sha256(convert_to(string_agg(f.path || ' ' || f.sha256, chr(10) order by f.path collate "C"), 'UTF8')), 'hex'
  )
  from handoff_ops.deployed_files as f
$$;


ALTER FUNCTION handoff.deployed_fingerprint() OWNER TO handoff_owner;

--
-- Name: FUNCTION deployed_fingerprint(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.deployed_fingerprint() IS 'One hash of every file that was deployed; the shell compares it with its own files.';


--
-- Name: drop_old_bodies(interval, integer); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer DEFAULT 1000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_before    timestamptz;
  v_events    integer;
  v_conflicts integer;
begin
  perform handoff_private.require_admin();
  if p_older_than is null or p_older_than < interval '30 days' then
    raise exception using
      errcode = 'TH400',
      message = 'retention period too short',
      detail = jsonb_build_object('older_than', p_older_than)::text,
      hint = 'Bodies are kept for 30 days at least: partners repeat deliveries for days, and people find mistakes later.';
  end if;
  v_before := handoff.clock() - p_older_than;
  with old as (
    select e.receipt
    from handoff.partner_events as e
    where e.received_at < v_before and e.body is not null and e.due_at is null
      and e.status in ('accepted', 'ignored', 'rejected')
    limit p_limit
    for no key update skip locked
  )
  update handoff.partner_events as e set body = null from old as o where e.receipt = o.receipt;
  get diagnostics v_events = row_count;
  with old as (
    select c.receipt, c.body_sha256
    from handoff.partner_event_conflicts as c
    join handoff.partner_events as e on e.receipt = c.receipt
    where c.received_at < v_before and c.body is not null and e.status in ('accepted', 'ignored', 'rejected')
    limit p_limit - v_events
    for no key update of c skip locked
  )
  update handoff.partner_event_conflicts as c
  set body = null
  from old as o
  where c.receipt = o.receipt and c.body_sha256 = o.body_sha256;
  get diagnostics v_conflicts = row_count;
  return v_events + v_conflicts;
end;
$$;


ALTER FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer) OWNER TO handoff_owner;

--
-- Name: FUNCTION drop_old_bodies(p_older_than interval, p_limit integer); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer) IS 'Drops so many raw bodies that are older and of events that are done; returns how many. What is parked keeps its body. TH400 less than 30 days, TH403.';


--
-- Name: due_events(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.due_events() RETURNS TABLE(partner_slug text, partner_name text, status text, reason text, events bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select p.slug, p.name, e.status, e.reason, count(*)
  from handoff.partner_events as e
  join handoff.partners as p on p.slug = e.partner_slug
  where e.due_at is not null
  group by p.slug, p.name, e.status, e.reason
  order by p.name, e.status, e.reason
$$;


ALTER FUNCTION handoff.due_events() OWNER TO handoff_owner;

--
-- Name: FUNCTION due_events(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.due_events() IS 'How many events are due to be tried again, by partner, status and reason.';


--
-- Name: end_session(bytea); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.end_session(p_session_hash bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ delete from handoff.sessions as s where s.session_hash = p_session_hash $$;


ALTER FUNCTION handoff.end_session(p_session_hash bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION end_session(p_session_hash bytea); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.end_session(p_session_hash bytea) IS 'Signs out.';


--
-- Name: enroll_student(uuid, text, boolean); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean DEFAULT false) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_program    handoff.programs;
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('enrolled');
  perform handoff_private.lock_student(p_student_id);
  v_program := handoff_private.program_to_enroll_in(p_program_slug);
  select e.*
  into v_enrollment
  from handoff.enrollments as e
  where e.student_id = p_student_id and e.program_slug = p_program_slug
    and (e.status in ('pending', 'active', 'on_hold') or (e.status = 'completed' and not coalesce(p_again, false)))
  order by e.status = 'completed', e.enrolled_at desc
  limit 1;
  if found then
    return v_enrollment.id;
  end if;
  if not v_program.is_open then
    raise exception using
      errcode = 'TH409',
      message = 'program is closed',
      detail = jsonb_build_object('program', p_program_slug)::text,
      hint = 'Set is_open on the program, or choose another.';
  end if;
  insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
  select
    p_student_id,
    p_program_slug,
    case when v_program.requires_approval then 'pending' else 'active' end,
    c.now,
    case when not v_program.requires_approval then c.now end
  from (select handoff.clock() as now) as c
  returning * into v_enrollment;
  if v_enrollment.status = 'active' then
    perform handoff_private.create_steps(v_enrollment);
  end if;
  return v_enrollment.id;
end;
$$;


ALTER FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean) OWNER TO handoff_owner;

--
-- Name: FUNCTION enroll_student(p_student_id uuid, p_program_slug text, p_again boolean); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean) IS 'The student''s enrollment in the program, made with its steps when there is none open or completed (p_again: none open). TH404, TH409 closed, TH422 not configured.';


--
-- Name: event_candidates(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.event_candidates(p_receipt uuid) RETURNS TABLE(step_id uuid, program_name text, enrolled_at timestamp with time zone, enrollment_status text, sequence_order integer, course_ref text, step_status text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select s.id, g.name, n.enrolled_at, n.status, s.sequence_order, s.course_ref, s.status
  from handoff.partner_events as e
  left join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  join handoff.enrollments as n on n.student_id = coalesce(e.student_id, a.student_id)
  join handoff.enrollment_steps as s on s.enrollment_id = n.id and s.partner_slug = e.partner_slug
  join handoff.programs as g on g.slug = n.program_slug
  where e.receipt = p_receipt
  order by n.enrolled_at desc, n.id, s.sequence_order
$$;


ALTER FUNCTION handoff.event_candidates(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION event_candidates(p_receipt uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.event_candidates(p_receipt uuid) IS 'The steps to which an admin can assign an event: those of its student with its partner, newest enrollment first.';


--
-- Name: event_conflicts(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.event_conflicts(p_receipt uuid) RETURNS TABLE(body_sha256 bytea, body bytea, channel text, context jsonb, received_at timestamp with time zone, seen integer)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select c.body_sha256, c.body, c.channel, c.context, c.received_at, c.seen
  from handoff.partner_event_conflicts as c
  where c.receipt = p_receipt
  order by c.received_at, c.body_sha256
$$;


ALTER FUNCTION handoff.event_conflicts(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION event_conflicts(p_receipt uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.event_conflicts(p_receipt uuid) IS 'The other bodies that came under the key of an event, in order of receipt.';


--
-- Name: event_details(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.event_details(p_receipt uuid) RETURNS TABLE(receipt uuid, partner_slug text, partner_name text, event_key text, channel text, context jsonb, body bytea, body_sha256 bytea, received_at timestamp with time zone, seen integer, last_seen_at timestamp with time zone, status text, reason text, first_outcome text, sqlstate text, due_at timestamp with time zone, event_type text, meaning text, external_student_id text, item_ref text, partner_enrollment_ref text, partner_completed_at timestamp with time zone, passed boolean, result text, student_id uuid, student_name text, student_email text, program_name text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    e.receipt, p.slug, p.name, e.event_key, e.channel, e.context, e.body, e.body_sha256, e.received_at, e.seen,
    e.last_seen_at, e.status, e.reason, e.first_outcome, e.error_code, e.due_at, e.event_type, e.meaning,
    e.external_student_id, e.item_ref, e.partner_enrollment_ref, e.partner_completed_at, e.passed, e.result,
    s.id, s.full_name, s.email, g.name
  from handoff.partner_events as e
  join handoff.partners as p on p.slug = e.partner_slug
  left join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  left join handoff.profiles as s on s.id = coalesce(e.student_id, a.student_id)
  left join handoff.enrollments as n on n.id = e.enrollment_id
  left join handoff.programs as g on g.slug = n.program_slug
  where e.receipt = p_receipt
$$;


ALTER FUNCTION handoff.event_details(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION event_details(p_receipt uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.event_details(p_receipt uuid) IS 'All that is known of one event: what was sent, what was read, what was decided. No row: unknown.';


--
-- Name: event_history(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.event_history(p_receipt uuid) RETURNS TABLE(occurred_at timestamp with time zone, act text, from_status text, to_status text, of_step boolean, reason text, actor text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select h.occurred_at, h.act, h.from_status, h.to_status, h.of_step, h.reason, coalesce(p.full_name, h.actor_role)
  from (
    select t.occurred_at, t.cause as act, t.from_status, t.to_status, t.step_id is not null as of_step, t.reason, t.actor_role, t.actor_id, 2 as part, t.id
    from handoff.step_transitions as t
    where t.event_receipt = p_receipt
    union all
    select r.occurred_at, r.act, null, null, false, null, r.actor_role, r.actor_id, 1, r.id
    from handoff.event_replays as r
    where r.receipt = p_receipt
  ) as h
  left join handoff.profiles as p on p.id = h.actor_id
  order by h.occurred_at, h.part, h.id
$$;


ALTER FUNCTION handoff.event_history(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION event_history(p_receipt uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.event_history(p_receipt uuid) IS 'What came of an event and who had it tried again, in order of time.';


--
-- Name: fail_step(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.fail_step(p_step_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('failed', handoff_private.require_reason(p_reason));
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status = 'failed' then
    return v_step.status;
  elsif v_enrollment.status <> 'active' or v_step.status <> 'in_progress' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only the step in progress of an active enrollment is failed.'
    );
  end if;
  update handoff.enrollment_steps as s set status = 'failed' where s.id = p_step_id;
  return 'failed';
end;
$$;


ALTER FUNCTION handoff.fail_step(p_step_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION fail_step(p_step_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.fail_step(p_step_id uuid, p_reason text) IS 'Fails the step in progress, which blocks the sequence. Returns the new status. TH403, TH404, TH409.';


--
-- Name: find_events(text, text, text, timestamp with time zone, uuid, bytea, integer); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.find_events(p_partner_slug text DEFAULT NULL::text, p_status text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_before_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone, p_before_receipt uuid DEFAULT 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, p_before_sha256 bytea DEFAULT '\x'::bytea, p_limit integer DEFAULT 50) RETURNS TABLE(receipt uuid, received_at timestamp with time zone, partner_slug text, partner_name text, status text, reason text, event_type text, external_student_id text, sqlstate text, due_at timestamp with time zone, body_sha256 bytea, other_sha256 bytea)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    n.receipt, n.received_at, p.slug, p.name, n.status, n.reason, n.event_type, n.external_student_id, n.error_code,
    n.due_at, n.body_sha256, n.other_sha256
  from (
    (
      select
        e.receipt, e.received_at, e.partner_slug, e.status, e.reason, e.event_type, e.external_student_id, e.error_code,
        e.due_at, e.body_sha256, ''::bytea as other_sha256
      from handoff.partner_events as e
      where e.status in ('parked', 'rejected')
        and (p_partner_slug is null or e.partner_slug = p_partner_slug)
        and (p_status is null or e.status = p_status)
        and (p_reason is null or e.reason = p_reason)
        and (e.received_at, e.receipt, ''::bytea) < (p_before_at, p_before_receipt, p_before_sha256)
      order by e.received_at desc, e.receipt desc
      limit p_limit
    )
    union all
    (
      select
        c.receipt, c.received_at, e.partner_slug, 'conflict', 'key_reused', e.event_type, e.external_student_id, null,
        null, e.body_sha256, c.body_sha256
      from handoff.partner_event_conflicts as c
      join handoff.partner_events as e on e.receipt = c.receipt
      where (p_partner_slug is null or e.partner_slug = p_partner_slug)
        and (p_status is null or p_status = 'conflict')
        and (p_reason is null or p_reason = 'key_reused')
        and (c.received_at, c.receipt, c.body_sha256) < (p_before_at, p_before_receipt, p_before_sha256)
      order by c.received_at desc, c.receipt desc, c.body_sha256 desc
      limit p_limit
    )
  ) as n
  join handoff.partners as p on p.slug = n.partner_slug
  order by n.received_at desc, n.receipt desc, n.other_sha256 desc
  limit p_limit
$$;


ALTER FUNCTION handoff.find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer) OWNER TO handoff_owner;

--
-- Name: FUNCTION find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer) IS 'Parked, rejected and conflicting deliveries that fit, newest first, those before the given one. other_sha256: the other body of a conflict, else empty.';


--
-- Name: find_students(text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.find_students(p_text text) RETURNS TABLE(student_id uuid, full_name text, email text, programs text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select f.id, f.full_name, f.email, (
    select string_agg(g.name, ', ' order by e.enrolled_at desc, g.name)
    from handoff.enrollments as e
    join handoff.programs as g on g.slug = e.program_slug
    where e.student_id = f.id and e.status in ('pending', 'active', 'on_hold')
  )
  from (
    select p.id, p.full_name, p.email
    from handoff.profiles as p
    where p.role = 'student' and btrim(p_text) <> ''
      and (position(lower(btrim(p_text)) in lower(p.full_name)) > 0 or position(lower(btrim(p_text)) in p.email) > 0)
    order by p.email <> lower(btrim(p_text)), p.full_name, p.email
    limit 20
  ) as f
  order by f.email <> lower(btrim(p_text)), f.full_name, f.email
$$;


ALTER FUNCTION handoff.find_students(p_text text) OWNER TO handoff_owner;

--
-- Name: FUNCTION find_students(p_text text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.find_students(p_text text) IS 'Students whose name or e-mail address contains the text, at most 20, with the programs that they are in.';


--
-- Name: generate_enrollment_steps(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.generate_enrollment_steps(p_enrollment_id uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(p_enrollment_id);
begin
  perform handoff_private.begin_act('generated');
  if exists (select from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id) then
    return 0;
  end if;
  if v_enrollment.status <> 'active' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Steps are made when the enrollment is active.'
    );
  end if;
  return handoff_private.create_steps(v_enrollment);
end;
$$;


ALTER FUNCTION handoff.generate_enrollment_steps(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION generate_enrollment_steps(p_enrollment_id uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.generate_enrollment_steps(p_enrollment_id uuid) IS 'Makes one step per required mapping, in order, and starts the first; returns how many. 0 when steps exist. TH404, TH409 not active, TH422 nothing required.';


--
-- Name: get_current_step(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.get_current_step(p_enrollment_id uuid) RETURNS TABLE(step_id uuid, partner_slug text, partner_name text, sequence_order integer, status text, started_at timestamp with time zone, launch_url text)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
    select s.id, p.slug, p.name, s.sequence_order, s.status, s.started_at, p.launch_url
    from handoff.enrollment_steps as s
    join handoff.partners as p on p.slug = s.partner_slug
    where s.enrollment_id = p_enrollment_id and s.status = 'in_progress';
end;
$$;


ALTER FUNCTION handoff.get_current_step(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION get_current_step(p_enrollment_id uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.get_current_step(p_enrollment_id uuid) IS 'The step in progress, 0 or 1 row, under the caller''s row-level security.';


--
-- Name: hold_enrollment(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.hold_enrollment(p_enrollment_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('held', handoff_private.require_reason(p_reason));
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status not in ('active', 'on_hold') then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an active enrollment is put on hold.'
    );
  end if;
  update handoff.enrollments as e set status = 'on_hold' where e.id = p_enrollment_id and e.status = 'active';
  return 'on_hold';
end;
$$;


ALTER FUNCTION handoff.hold_enrollment(p_enrollment_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION hold_enrollment(p_enrollment_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.hold_enrollment(p_enrollment_id uuid, p_reason text) IS 'Puts an active enrollment on hold. Returns the new status. TH403, TH404, TH409.';


--
-- Name: is_enrollment_complete(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_enrollment_id is null or not exists (select from handoff.enrollments as e where e.id = p_enrollment_id) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown enrollment',
      detail = jsonb_build_object('enrollment_id', p_enrollment_id)::text,
      hint = 'Give the id of an enrollment.';
  end if;
  return (
    select coalesce(bool_and(s.status in ('completed', 'skipped')) and bool_or(s.status = 'completed'), false)
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment_id
  );
end;
$$;


ALTER FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_enrollment_complete(p_enrollment_id uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) IS 'True when at least one step is completed and every other is completed or skipped. No steps: false. TH404 when unknown.';


--
-- Name: link_partner_account(text, text, uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_linked_to uuid;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('partner_event');
  perform handoff_private.require_account(p_partner_slug, p_external_student_id, p_student_id);
  insert into handoff.partner_accounts as a (partner_slug, external_student_id, student_id, linked_at)
  values (p_partner_slug, p_external_student_id, p_student_id, handoff.clock())
  on conflict (partner_slug, external_student_id) do update
  set student_id = coalesce(a.student_id, excluded.student_id), linked_at = coalesce(a.linked_at, excluded.linked_at)
  returning a.student_id into v_linked_to;
  if v_linked_to <> p_student_id then
    perform handoff_private.refuse_state('student', v_linked_to, 'linked', 'This account is another student''s; a link is never moved.');
  end if;
  perform handoff_private.lock_enrollments_of(p_student_id);
  return handoff_private.apply_events(array(
    select e.receipt
    from handoff.partner_events as e
    where e.partner_slug = p_partner_slug and e.external_student_id = p_external_student_id
      and e.status = 'parked' and e.reason = 'unknown_student'
  ));
end;
$$;


ALTER FUNCTION handoff.link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) IS 'Links a partner''s id to a student and applies the events that waited for it; returns how many. TH400, TH403, TH404, TH409 linked to another student.';


--
-- Name: mark_events_due(text, text, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.mark_events_due(p_partner_slug text DEFAULT NULL::text, p_status text DEFAULT 'parked'::text, p_reason text DEFAULT NULL::text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_marked integer;
begin
  perform handoff_private.require_admin();
  if coalesce(p_status, '') not in ('parked', 'rejected') then
    raise exception using
      errcode = 'TH400',
      message = 'not a status to try again',
      detail = jsonb_build_object('status', p_status)::text,
      hint = 'Parked and rejected events can be tried again.';
  elsif p_partner_slug is not null and not exists (select from handoff.partners as p where p.slug = p_partner_slug) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  end if;
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.status in ('parked', 'rejected') and e.status = p_status and e.body is not null
      and (p_partner_slug is null or e.partner_slug = p_partner_slug)
      and (p_reason is null or e.reason = p_reason)
    order by e.position
    for no key update skip locked
  )
  update handoff.partner_events as e
  set due_at = coalesce(e.due_at, handoff.clock())
  from chosen as c
  where e.receipt = c.receipt;
  get diagnostics v_marked = row_count;
  perform handoff_private.note_replay(
    'marked', v_marked, p_partner_slug => p_partner_slug, p_status => p_status, p_reason => p_reason
  );
  return v_marked;
end;
$$;


ALTER FUNCTION handoff.mark_events_due(p_partner_slug text, p_status text, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_events_due(p_partner_slug text, p_status text, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.mark_events_due(p_partner_slug text, p_status text, p_reason text) IS 'Marks all parked or rejected events that fit as due to be tried again; returns how many. Null: any. TH400 another status, TH403, TH404 unknown partner.';


--
-- Name: mark_step_complete(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text DEFAULT NULL::text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_step       handoff.enrollment_steps := handoff_private.lock_step(p_step_id);
  v_enrollment handoff.enrollments := handoff_private.lock_enrollment(v_step.enrollment_id);
begin
  perform handoff_private.begin_act('marked');
  if length(p_external_enrollment_id) not between 1 and 255 then
    raise exception using
      errcode = 'TH400',
      message = 'malformed enrollment id',
      detail = '{"argument": "p_external_enrollment_id"}',
      hint = 'Give the partner''s id of the enrollment, 1 to 255 characters, or null.';
  elsif v_enrollment.status in ('on_hold', 'pending') then
    perform handoff_private.refuse_state(
      'enrollment', v_enrollment.id, v_enrollment.status, 'Resume or approve the enrollment first.'
    );
  elsif v_step.status = 'skipped' and v_enrollment.status <> 'withdrawn' then
    update handoff.enrollment_steps as s
    set external_enrollment_id = coalesce(s.external_enrollment_id, p_external_enrollment_id)
    where s.id = p_step_id;
  elsif v_step.status <> 'completed' and v_enrollment.status = 'active' then
    return handoff_private.complete_step(v_step.id, v_enrollment.id, p_external_enrollment_id);
  end if;
  return handoff_private.step_in_progress(v_enrollment.id);
end;
$$;


ALTER FUNCTION handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text) OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_step_complete(p_step_id uuid, p_external_enrollment_id text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text) IS 'Completes the step and advances; harmless on a completed one. Returns the step in progress. TH400 malformed, TH404 unknown, TH409 on hold or awaiting approval.';


--
-- Name: partner_directory(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.partner_directory() RETURNS TABLE(slug text, status text, signature_scheme text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select p.slug, p.status, p.signature_scheme from handoff.partners as p order by p.slug $$;


ALTER FUNCTION handoff.partner_directory() OWNER TO handoff_owner;

--
-- Name: FUNCTION partner_directory(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.partner_directory() IS 'What the shell must know of a partner before it can check a signature.';


--
-- Name: partner_onboarding(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.partner_onboarding() RETURNS TABLE(partner_slug text, partner_name text, status text, signature_scheme text, refusals bigint, last_refusal_code text, first_event_at timestamp with time zone, first_test_at timestamp with time zone, first_advance_at timestamp with time zone, last_event_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    p.slug, p.name, p.status, p.signature_scheme, r.refusals, r.last_code,
    d.first_at, d.first_test_at, a.first_at, d.last_at
  from handoff.partners as p
  cross join lateral (
    select
      coalesce(sum(w.refusals), 0)::bigint as refusals,
      (array_agg(w.code order by w.day desc, w.refusals desc, w.code))[1] as last_code
    from handoff.webhook_refusals as w
    where w.partner_slug = p.slug
  ) as r
  cross join lateral (
    with recursive outcome (reason) as (
      select min(e.reason)
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook'
      union all
      select (
        select min(e.reason)
        from handoff.partner_events as e
        where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason > o.reason
      )
      from outcome as o
      where o.reason is not null
    )
    select
      min(f.received_at) as first_at,
      max(l.received_at) as last_at,
      min(f.received_at) filter (where o.reason = 'test_event') as first_test_at
    from outcome as o
    cross join lateral (
      select e.received_at
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = o.reason
      order by e.position
      limit 1
    ) as f
    cross join lateral (
      select e.received_at
      from handoff.partner_events as e
      where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = o.reason
      order by e.position desc
      limit 1
    ) as l
  ) as d
  left join lateral (
    select e.received_at as first_at
    from handoff.partner_events as e
    where e.partner_slug = p.slug and e.channel = 'webhook' and e.reason = 'completed'
      and e.first_outcome = 'accepted:completed'
    order by e.position
    limit 1
  ) as a on true
  order by p.name
$$;


ALTER FUNCTION handoff.partner_onboarding() OWNER TO handoff_owner;

--
-- Name: FUNCTION partner_onboarding(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.partner_onboarding() IS 'A row per partner: refused deliveries, its first and last authentic webhook, its first test event, and the first that moved a student on by itself.';


--
-- Name: partner_pipeline(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.partner_pipeline() RETURNS TABLE(partner_slug text, partner_name text, status text, signature_scheme text, pending integer, in_progress integer, completed integer, failed integer, skipped integer, completion_rate numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    p.slug, p.name, p.status, p.signature_scheme,
    n.pending, n.in_progress, n.completed, n.failed, n.skipped,
    round(100.0 * n.completed / nullif(n.pending + n.in_progress + n.completed + n.failed + n.skipped, 0), 2)
  from handoff.partners as p
  cross join lateral (
    select
      (count(*) filter (where s.status = 'pending' and e.status = 'active'))::integer as pending,
      (count(*) filter (where s.status = 'in_progress' and e.status = 'active'))::integer as in_progress,
      (count(*) filter (where s.status = 'completed'))::integer as completed,
      (count(*) filter (where s.status = 'failed' and e.status = 'active'))::integer as failed,
      (count(*) filter (where s.status = 'skipped'))::integer as skipped
    from handoff.enrollment_steps as s
    join handoff.enrollments as e on e.id = s.enrollment_id
    where s.partner_slug = p.slug
  ) as n
  order by p.name
$$;


ALTER FUNCTION handoff.partner_pipeline() OWNER TO handoff_owner;

--
-- Name: FUNCTION partner_pipeline(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.partner_pipeline() IS 'A row per partner: its steps by status. Open steps count in active enrollments only. Rate: completed of all counted, in percent.';


--
-- Name: program_rates(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.program_rates() RETURNS TABLE(program_slug text, program_name text, enrollments integer, completed integer, completion_rate numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    g.slug,
    g.name,
    count(*)::integer,
    (count(*) filter (where e.status = 'completed'))::integer,
    round(100.0 * count(*) filter (where e.status = 'completed') / count(*), 2) as rate
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  group by g.slug, g.name
  order by rate desc, g.name
$$;


ALTER FUNCTION handoff.program_rates() OWNER TO handoff_owner;

--
-- Name: FUNCTION program_rates(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.program_rates() IS 'Completed of all enrollments per program, in percent, highest first; programs without enrollments are left out.';


--
-- Name: receive_partner_event(text, text, bytea, text, jsonb); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text DEFAULT 'webhook'::text, p_context jsonb DEFAULT '{}'::jsonb) RETURNS handoff.event_receipt
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_event   handoff.partner_events;
  v_receipt handoff.event_receipt;
begin
  v_event.event_key := handoff_private.check_delivery(p_event_key, p_body, p_channel, p_context);
  v_event.partner_slug := p_partner_slug;
  v_event.receipt := gen_random_uuid();
  v_event.received_at := handoff.clock();
  v_event.repetition := 0;
  v_event.channel := p_channel;
  v_event.context := p_context;
  v_event.body := p_body;
  v_receipt := handoff_private.apply_event(v_event, p_is_new => true);
  if v_receipt is null then
    return handoff_private.receive_again(p_partner_slug, p_event_key, p_body, p_channel, p_context);
  end if;
  return v_receipt;
end;
$$;


ALTER FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) IS 'Stores a delivery and applies it, once per partner and key. TH400 malformed call, TH403 channel of another role, TH404 unknown partner, TH410 retired partner, TH413 too large.';


--
-- Name: recent_changes(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.recent_changes() RETURNS TABLE(occurred_at timestamp with time zone, student_name text, program_name text, partner_name text, from_status text, to_status text, cause text, actor text)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    t.occurred_at, p.full_name, g.name, r.name, t.from_status, t.to_status, t.cause, coalesce(a.full_name, t.actor_role)
  from handoff.step_transitions as t
  join handoff.enrollments as e on e.id = t.enrollment_id
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.enrollment_steps as s on s.id = t.step_id
  left join handoff.partners as r on r.slug = s.partner_slug
  left join handoff.profiles as a on a.id = t.actor_id
  where t.occurred_at > (select handoff.clock() - interval '1 hour')
  order by t.id desc
  limit 50
$$;


ALTER FUNCTION handoff.recent_changes() OWNER TO handoff_owner;

--
-- Name: FUNCTION recent_changes(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.recent_changes() IS 'Changes of status within the last hour, newest first, at most 50. Without a partner: the enrollment itself.';


--
-- Name: reopen_step(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.reopen_step(p_step_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment handoff.enrollments;
  v_blocked    boolean;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('reopened', handoff_private.require_reason(p_reason));
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status in ('pending', 'in_progress') then
    return v_step.status;
  elsif v_enrollment.status <> 'active' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only a step of an active enrollment is reopened; after completion, enroll again.'
    );
  end if;
  v_blocked := exists (
    select from handoff.enrollment_steps as s
    where s.enrollment_id = v_step.enrollment_id and s.sequence_order < v_step.sequence_order
      and s.status in ('in_progress', 'failed')
  );
  update handoff.enrollment_steps as s
  set status = 'pending', started_at = null
  where s.enrollment_id = v_step.enrollment_id and s.sequence_order > v_step.sequence_order
    and s.status in ('in_progress', 'failed');
  update handoff.enrollment_steps as s
  set
    status = case when v_blocked then 'pending' else 'in_progress' end,
    started_at = case when not v_blocked then handoff.clock() end,
    completed_at = null,
    partner_completed_at = null
  where s.id = p_step_id
  returning s.status into v_step.status;
  return v_step.status;
end;
$$;


ALTER FUNCTION handoff.reopen_step(p_step_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION reopen_step(p_step_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.reopen_step(p_step_id uuid, p_reason text) IS 'Opens a failed, completed or skipped step of an active enrollment again; a later current step waits. Returns the new status. TH403, TH404, TH409.';


--
-- Name: replay_partner_event(uuid); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.replay_partner_event(p_receipt uuid) RETURNS handoff.event_receipt
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_receipt handoff.event_receipt;
begin
  perform handoff_private.require_admin();
  v_receipt := handoff_private.decide_again(p_receipt);
  if v_receipt.status <> 'duplicate' then
    perform handoff_private.note_replay('replayed', 1, p_receipt => p_receipt);
  end if;
  return v_receipt;
end;
$$;


ALTER FUNCTION handoff.replay_partner_event(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION replay_partner_event(p_receipt uuid); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.replay_partner_event(p_receipt uuid) IS 'Runs a parked or rejected event again. An applied one is left alone and answered as duplicate. TH403, TH404, TH409 body dropped.';


--
-- Name: request_sign_in(text, bytea); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.request_sign_in(p_email text, p_token_hash bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_now        timestamptz := handoff.clock();
  v_profile_id uuid;
begin
  -- Not to wait for the disk, which only a known address would: the time of the answer must not tell.
  perform set_config('synchronous_commit', 'off', true);
  select p.id into v_profile_id from handoff.profiles as p where p.email = lower(btrim(p_email)) for no key update;
  if not found or (
    select count(*) >= 5
    from handoff.sign_in_links as l
    where l.profile_id = v_profile_id and l.created_at > v_now - interval '1 hour'
  ) then
    return false;
  end if;
  delete from handoff.sign_in_links as l where l.profile_id = v_profile_id and l.created_at < v_now - interval '1 day';
  insert into handoff.sign_in_links (token_hash, profile_id, created_at, expires_at)
  values (p_token_hash, v_profile_id, v_now, v_now + interval '15 minutes');
  return true;
end;
$$;


ALTER FUNCTION handoff.request_sign_in(p_email text, p_token_hash bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION request_sign_in(p_email text, p_token_hash bytea); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.request_sign_in(p_email text, p_token_hash bytea) IS 'True when a link with this token is to be mailed: the address is known and has had fewer than five within the hour.';


--
-- Name: resume_enrollment(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.resume_enrollment(p_enrollment_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('resumed', handoff_private.require_reason(p_reason));
  perform handoff_private.lock_enrollments_of(
    (select e.student_id from handoff.enrollments as e where e.id = p_enrollment_id)
  );
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'active' then
    return v_enrollment.status;
  elsif v_enrollment.status <> 'on_hold' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'Only an enrollment that is on hold is resumed.'
    );
  end if;
  update handoff.enrollments as e set status = 'active' where e.id = p_enrollment_id;
  perform handoff_private.advance(p_enrollment_id);
  perform handoff_private.apply_waiting(p_enrollment_id, 'on_hold');
  return handoff_private.enrollment_status(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff.resume_enrollment(p_enrollment_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION resume_enrollment(p_enrollment_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.resume_enrollment(p_enrollment_id uuid, p_reason text) IS 'Resumes an enrollment that is on hold and applies what waited for it. Returns the new status. TH403, TH404, TH409.';


--
-- Name: session_profile(bytea); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.session_profile(p_session_hash bytea) RETURNS TABLE(profile_id uuid, role text, full_name text, email text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select p.id, p.role, p.full_name, p.email
  from handoff.sessions as s
  join handoff.profiles as p on p.id = s.profile_id
  where s.session_hash = p_session_hash and s.expires_at > (select handoff.clock())
$$;


ALTER FUNCTION handoff.session_profile(p_session_hash bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION session_profile(p_session_hash bytea); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.session_profile(p_session_hash bytea) IS 'Who is signed in with this session; no row when it is unknown or over.';


--
-- Name: skip_step(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.skip_step(p_step_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_step       handoff.enrollment_steps;
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('skipped', handoff_private.require_reason(p_reason));
  v_step := handoff_private.lock_step(p_step_id);
  v_enrollment := handoff_private.lock_enrollment(v_step.enrollment_id);
  if v_step.status = 'skipped' then
    return v_step.status;
  elsif v_enrollment.status <> 'active' or v_step.status = 'completed' then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'Only an open step of an active enrollment is skipped.'
    );
  elsif not exists (
    select from handoff.enrollment_steps as s
    where s.enrollment_id = v_step.enrollment_id and s.id <> p_step_id and s.status <> 'skipped'
  ) then
    perform handoff_private.refuse_state(
      'step', p_step_id, v_step.status, 'An enrollment whose steps are all skipped leads nowhere; withdraw it instead.'
    );
  end if;
  update handoff.enrollment_steps as s set status = 'skipped' where s.id = p_step_id;
  perform handoff_private.advance(v_step.enrollment_id);
  return 'skipped';
end;
$$;


ALTER FUNCTION handoff.skip_step(p_step_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION skip_step(p_step_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.skip_step(p_step_id uuid, p_reason text) IS 'Waives an open step and goes on; refused for the last step that is not skipped. Returns the new status. TH403, TH404, TH409.';


--
-- Name: stop_due_events(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.stop_due_events() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_stopped integer;
begin
  perform handoff_private.require_admin();
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.due_at is not null
    order by e.position
    for no key update skip locked
  )
  update handoff.partner_events as e
  set due_at = null
  from chosen as c
  where e.receipt = c.receipt;
  get diagnostics v_stopped = row_count;
  perform handoff_private.note_replay('stopped', v_stopped);
  return v_stopped;
end;
$$;


ALTER FUNCTION handoff.stop_due_events() OWNER TO handoff_owner;

--
-- Name: FUNCTION stop_due_events(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.stop_due_events() IS 'Leaves every event that is still due as it is; returns how many. TH403.';


--
-- Name: stuck_reason(uuid, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone) RETURNS TABLE(kind text, since timestamp with time zone, partner_name text, limit_days integer)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select k.kind, k.since, k.partner_name, k.limit_days
  from (
    select
      case
        when count(s.id) = 0 then 'no_steps'
        when bool_or(s.status = 'failed') then 'failed'
        when bool_and(s.status in ('completed', 'skipped')) then 'not_closed'
        when not bool_or(s.status = 'in_progress') then 'nothing_running'
        when bool_or(s.status = 'in_progress' and s.started_at < p_now - make_interval(days => p.stuck_after_days))
          then 'too_long'
      end as kind,
      coalesce(
        max(f.failed_at), max(s.started_at) filter (where s.status in ('in_progress', 'failed')), max(s.completed_at), p_activated_at
      ) as since,
      max(p.name) filter (where s.status in ('in_progress', 'failed')) as partner_name,
      max(p.stuck_after_days) filter (where s.status = 'in_progress') as limit_days
    from handoff.enrollment_steps as s
    join handoff.partners as p on p.slug = s.partner_slug
    left join lateral (
      select max(t.occurred_at) as failed_at
      from handoff.step_transitions as t
      where t.step_id = s.id and t.to_status = 'failed'
    ) as f on s.status = 'failed'
    where s.enrollment_id = p_enrollment_id
  ) as k
  where k.kind is not null
$$;


ALTER FUNCTION handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone) OWNER TO handoff_owner;

--
-- Name: FUNCTION stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone) IS 'Why and since when an active enrollment does not move; no row when it does.';


--
-- Name: stuck_students(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.stuck_students() RETURNS TABLE(enrollment_id uuid, student_name text, student_email text, program_name text, partner_name text, kind text, since timestamp with time zone, days integer, limit_days integer)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    e.id, p.full_name, p.email, g.name, k.partner_name, k.kind, k.since,
    floor(extract(epoch from t.now - k.since) / 86400)::integer,
    k.limit_days
  from (select handoff.clock() as now) as t
  cross join handoff.enrollments as e
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  cross join lateral handoff.stuck_reason(e.id, e.activated_at, t.now) as k
  where e.status = 'active'
  order by k.since, e.id
$$;


ALTER FUNCTION handoff.stuck_students() OWNER TO handoff_owner;

--
-- Name: FUNCTION stuck_students(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.stuck_students() IS 'Active enrollments that do not move: too_long at a partner (by its own limit), failed, no_steps, nothing_running, not_closed.';


--
-- Name: student_enrollments(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.student_enrollments() RETURNS TABLE(enrollment_id uuid, program_slug text, program_name text, program_description text, status text, enrolled_at timestamp with time zone, completed_at timestamp with time zone, steps_total integer, steps_completed integer, steps_skipped integer, certificate_number text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    e.id, g.slug, g.name, g.description, e.status, e.enrolled_at, e.completed_at,
    n.total, n.completed, n.skipped, c.number
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.certificates as c on c.enrollment_id = e.id
  cross join lateral (
    select
      count(*)::integer as total,
      (count(*) filter (where s.status = 'completed'))::integer as completed,
      (count(*) filter (where s.status = 'skipped'))::integer as skipped
    from handoff.enrollment_steps as s
    where s.enrollment_id = e.id
  ) as n
  where e.student_id = (select handoff.caller_id())
  order by e.enrolled_at desc, e.id
$$;


ALTER FUNCTION handoff.student_enrollments() OWNER TO handoff_owner;

--
-- Name: FUNCTION student_enrollments(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.student_enrollments() IS 'The caller''s enrollments, newest first, with how far each is.';


--
-- Name: student_steps(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.student_steps() RETURNS TABLE(enrollment_id uuid, step_id uuid, sequence_order integer, partner_slug text, partner_name text, course_ref text, status text, started_at timestamp with time zone, completed_at timestamp with time zone, launch_url text, support_email text, failed_attempts integer, progress_count integer, progress_total integer)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select
    s.enrollment_id, s.id, s.sequence_order, p.slug, p.name, s.course_ref, s.status, s.started_at, s.completed_at,
    p.launch_url, p.support_email, s.failed_attempts, s.progress_count, t.progress_total
  from handoff.enrollments as e
  join handoff.enrollment_steps as s on s.enrollment_id = e.id
  join handoff.partners as p on p.slug = s.partner_slug
  left join (
    select y.partner_slug, max(y.progress_total) as progress_total
    from handoff.partner_event_types as y
    group by y.partner_slug
  ) as t on t.partner_slug = s.partner_slug
  where e.student_id = (select handoff.caller_id())
  order by e.enrolled_at desc, e.id, s.sequence_order
$$;


ALTER FUNCTION handoff.student_steps() OWNER TO handoff_owner;

--
-- Name: FUNCTION student_steps(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.student_steps() IS 'The steps of the caller''s enrollments, in order.';


--
-- Name: sweep_parked_events(); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.sweep_parked_events() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_marked integer;
begin
  perform handoff_private.require_admin();
  with slipped as (
    select e.receipt
    from handoff.partner_events as e
    where e.status = 'parked' and e.due_at is null and e.body is not null and case e.reason
      when 'unknown_student' then exists (
        select
        from handoff.partner_accounts as a
        where a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id and a.student_id is not null
      )
      when 'unknown_event_type' then exists (
        select
        from handoff.partner_event_types as t
        where t.partner_slug = e.partner_slug and t.event_type = e.event_type
      )
      when 'partner_disabled' then exists (
        select from handoff.partners as p where p.slug = e.partner_slug and p.status = 'active'
      )
      when 'awaiting_approval' then exists (
        select from handoff.enrollments as n where n.id = e.enrollment_id and n.status = 'active'
      )
      when 'on_hold' then exists (
        select from handoff.enrollments as n where n.id = e.enrollment_id and n.status = 'active'
      )
    end
    order by e.position
    for no key update of e skip locked
  )
  update handoff.partner_events as e
  set due_at = handoff.clock()
  from slipped as s
  where e.receipt = s.receipt;
  get diagnostics v_marked = row_count;
  return v_marked;
end;
$$;


ALTER FUNCTION handoff.sweep_parked_events() OWNER TO handoff_owner;

--
-- Name: FUNCTION sweep_parked_events(); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.sweep_parked_events() IS 'Marks as due the parked events whose reason does not hold any more; returns how many, as a rule none. TH403.';


--
-- Name: verify_certificate(text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.verify_certificate(p_number text) RETURNS TABLE(state text, number text, student_name text, program_name text, completed_at timestamp with time zone, issued_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  select
    case
      when c.number is not null then 'valid'
      when coalesce(n.digits !~ '^[0-9A-Z]{17}$', true)
        or handoff_private.check_character(left(n.digits, 16)) <> right(n.digits, 1) then 'mistyped'
      else 'unknown'
    end,
    n.number,
    c.student_name,
    c.program_name,
    c.completed_at,
    c.issued_at
  from (
    select t.number, replace(t.number, '-', '') as digits
    from (select handoff_private.normal_certificate_number(p_number) as number) as t
  ) as n
  left join handoff.certificates as c on c.number = n.number
$_$;


ALTER FUNCTION handoff.verify_certificate(p_number text) OWNER TO handoff_owner;

--
-- Name: FUNCTION verify_certificate(p_number text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.verify_certificate(p_number text) IS 'One row: valid with what the certificate says, mistyped when the check character is wrong, else unknown.';


--
-- Name: withdraw_enrollment(uuid, text); Type: FUNCTION; Schema: handoff; Owner: handoff_owner
--

CREATE FUNCTION handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('withdrawn', handoff_private.require_reason(p_reason));
  v_enrollment := handoff_private.lock_enrollment(p_enrollment_id);
  if v_enrollment.status = 'completed' then
    perform handoff_private.refuse_state(
      'enrollment', p_enrollment_id, v_enrollment.status, 'A completed enrollment has its certificate; it is not withdrawn.'
    );
  end if;
  update handoff.enrollments as e
  set status = 'withdrawn', withdrawn_at = greatest(handoff.clock(), e.enrolled_at)
  where e.id = p_enrollment_id and e.status <> 'withdrawn';
  return 'withdrawn';
end;
$$;


ALTER FUNCTION handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION withdraw_enrollment(p_enrollment_id uuid, p_reason text); Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text) IS 'Withdraws an open enrollment for good; it never certifies. Returns the new status. TH403, TH404, TH409.';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: partner_events; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.partner_events (
    receipt uuid DEFAULT gen_random_uuid() NOT NULL,
    "position" bigint NOT NULL,
    partner_slug text NOT NULL,
    event_key text NOT NULL,
    repetition integer DEFAULT 0 NOT NULL,
    channel text NOT NULL,
    context jsonb NOT NULL,
    body bytea,
    body_sha256 bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seen integer DEFAULT 1 NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    status text DEFAULT 'received'::text NOT NULL,
    reason text,
    first_outcome text,
    error_code text,
    event_type text,
    meaning text,
    external_student_id text,
    item_ref text,
    partner_enrollment_ref text,
    partner_completed_at timestamp with time zone,
    passed boolean,
    result text,
    student_id uuid,
    enrollment_id uuid,
    step_id uuid,
    due_at timestamp with time zone,
    CONSTRAINT partner_events_body_size CHECK ((octet_length(body) <= 65536)),
    CONSTRAINT partner_events_channel_known CHECK ((channel = ANY (ARRAY['webhook'::text, 'csv'::text, 'evidence'::text, 'manual'::text]))),
    CONSTRAINT partner_events_completion_names_step CHECK (((reason IS NULL) OR (reason <> ALL (ARRAY['completed'::text, 'completed_early'::text])) OR (step_id IS NOT NULL))),
    CONSTRAINT partner_events_context_object CHECK ((jsonb_typeof(context) = 'object'::text)),
    CONSTRAINT partner_events_error_code_of_fault CHECK (((error_code IS NOT NULL) = (NOT (reason IS DISTINCT FROM 'apply_error'::text)))),
    CONSTRAINT partner_events_first_outcome_kept CHECK (((status = 'received'::text) = (first_outcome IS NULL))),
    CONSTRAINT partner_events_hash_size CHECK ((octet_length(body_sha256) = 32)),
    CONSTRAINT partner_events_key_shape CHECK ((((length(event_key) >= 1) AND (length(event_key) <= 255)) AND (event_key !~ '[^ -~]'::text))),
    CONSTRAINT partner_events_outcome_known CHECK ((
CASE status
    WHEN 'received'::text THEN (reason IS NULL)
    WHEN 'accepted'::text THEN (reason = ANY (ARRAY['completed'::text, 'completed_early'::text, 'progress'::text, 'attempt_failed'::text, 'evidence'::text, 'acknowledged'::text]))
    WHEN 'ignored'::text THEN (reason = ANY (ARRAY['already_completed'::text, 'stale_progress'::text, 'late_failure'::text, 'test_event'::text]))
    WHEN 'parked'::text THEN (reason = ANY (ARRAY['unknown_student'::text, 'no_enrollment'::text, 'ambiguous'::text, 'unmapped_course'::text, 'unknown_event_type'::text, 'awaiting_approval'::text, 'on_hold'::text, 'withdrawn'::text, 'time_review'::text, 'possible_repeat'::text, 'partner_disabled'::text, 'apply_error'::text]))
    WHEN 'rejected'::text THEN (reason = ANY (ARRAY['bad_json'::text, 'bad_encoding'::text, 'duplicate_key'::text, 'too_deep'::text, 'number_range'::text, 'bad_string'::text, 'not_an_object'::text, 'empty_body'::text, 'missing_field'::text, 'bad_field'::text, 'bad_time'::text]))
    ELSE false
END IS TRUE)),
    CONSTRAINT partner_events_repetition_positive CHECK ((repetition >= 0)),
    CONSTRAINT partner_events_seen_positive CHECK (((seen > 0) AND (last_seen_at >= received_at))),
    CONSTRAINT partner_events_step_of_enrollment CHECK (((step_id IS NULL) OR (enrollment_id IS NOT NULL)))
);

ALTER TABLE ONLY handoff.partner_events FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.partner_events OWNER TO handoff_owner;

--
-- Name: TABLE partner_events; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.partner_events IS 'The inbox: every authentic delivery, raw, once per partner and key, for ever. The columns from event_type on are what was read and decided.';


--
-- Name: COLUMN partner_events."position"; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events."position" IS 'The order of receipt.';


--
-- Name: COLUMN partner_events.event_key; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.event_key IS 'What makes a delivery the same one: the sender''s id, or the hash of the body.';


--
-- Name: COLUMN partner_events.repetition; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.repetition IS 'Above 0: the same body again, when the key is the body''s hash and the student has a step open that it would complete.';


--
-- Name: COLUMN partner_events.context; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.context IS 'Which secret verified it, who sent the file.';


--
-- Name: COLUMN partner_events.body; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.body IS 'The bytes as they came. Null after the retention period; hash, key and outcome stay.';


--
-- Name: COLUMN partner_events.seen; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.seen IS 'How often it was delivered.';


--
-- Name: COLUMN partner_events.first_outcome; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.first_outcome IS 'status:reason as first decided: what a repeated delivery is told.';


--
-- Name: COLUMN partner_events.error_code; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.error_code IS 'The SQLSTATE of our own fault that parked it.';


--
-- Name: COLUMN partner_events.meaning; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.meaning IS 'What the event type meant when this was decided.';


--
-- Name: COLUMN partner_events.item_ref; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.item_ref IS 'The course, exam, training or module it is about.';


--
-- Name: COLUMN partner_events.partner_enrollment_ref; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.partner_enrollment_ref IS 'The partner''s enrollment id, or our step id.';


--
-- Name: COLUMN partner_events.due_at; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_events.due_at IS 'Since when it is to be tried again: what it waited for is corrected, or an admin asked. Null: not due.';


--
-- Name: act_on_event(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.act_on_event(p_event handoff.partner_events) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_ref     text := case
    when lower(p_event.partner_enrollment_ref) <> p_event.step_id::text then p_event.partner_enrollment_ref
  end;
  v_current uuid;
begin
  if p_event.reason in ('completed', 'completed_early') then
    if p_event.reason = 'completed_early' then
      v_current := handoff_private.step_in_progress(p_event.enrollment_id);
    end if;
    return nullif(
      handoff_private.complete_step(p_event.step_id, p_event.enrollment_id, v_ref, p_event.partner_completed_at), v_current
    );
  end if;
  update handoff.enrollment_steps as s
  set
    external_enrollment_id = coalesce(s.external_enrollment_id, v_ref),
    failed_attempts = s.failed_attempts + (p_event.reason = 'attempt_failed')::integer,
    progress_count = s.progress_count + (p_event.reason = 'progress')::integer
  from handoff.enrollments as e
  where s.id = p_event.step_id and e.id = s.enrollment_id and e.status <> 'withdrawn'
    and (p_event.reason in ('attempt_failed', 'progress') or (s.external_enrollment_id is null and v_ref is not null));
  return null;
end;
$$;


ALTER FUNCTION handoff_private.act_on_event(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION act_on_event(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.act_on_event(p_event handoff.partner_events) IS 'Does what was decided: completes the step, or notes progress, a failed attempt or the partner''s reference. Returns the step it started.';


--
-- Name: acting_person(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.acting_person() RETURNS uuid
    LANGUAGE plpgsql STABLE
    AS $$
begin
  if handoff_private.caller_role() in ('handoff_webhook', 'handoff_worker') then
    return null;
  end if;
  return handoff.caller_id();
end;
$$;


ALTER FUNCTION handoff_private.acting_person() OWNER TO handoff_owner;

--
-- Name: FUNCTION acting_person(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.acting_person() IS 'The person of the claims, where the role that acts is a person''s; else null.';


--
-- Name: advance(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.advance(p_enrollment_id uuid) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_step_id uuid;
begin
  update handoff.enrollment_steps as s
  set status = 'in_progress', started_at = handoff.clock()
  where s.status = 'pending' and s.id = (
    select o.id
    from handoff.enrollment_steps as o
    where o.enrollment_id = p_enrollment_id and o.status in ('in_progress', 'failed', 'pending')
    order by o.status = 'pending', o.sequence_order
    limit 1
  )
  returning s.id into v_step_id;
  if found then
    return v_step_id;
  end if;
  if not exists (
    select
    from handoff.enrollment_steps as s
    where s.enrollment_id = p_enrollment_id and s.status in ('pending', 'in_progress', 'failed')
  ) then
    perform handoff_private.complete_enrollment(p_enrollment_id);
  end if;
  return handoff_private.step_in_progress(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff_private.advance(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION advance(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.advance(p_enrollment_id uuid) IS 'Starts the first pending step when none is in progress or failed; with none left, completes the enrollment. Returns the step in progress.';


--
-- Name: apply_event(handoff.partner_events, uuid, boolean); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.apply_event(p_event handoff.partner_events, p_step_id uuid DEFAULT NULL::uuid, p_is_new boolean DEFAULT false) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
declare
  v_event   handoff.partner_events;
  v_is_ours boolean;
  v_next    uuid;
  v_receipt handoff.event_receipt;
begin
  begin
    v_event := handoff_private.read_event(p_event);
    if p_is_new then
      v_receipt := handoff_private.complete_at_once(v_event);
      if v_receipt.receipt is not null then
        return v_receipt;
      end if;
      perform handoff_private.begin_act('partner_event', null, v_event.receipt);
    end if;
    v_event := handoff_private.decide_event(v_event, p_step_id);
    v_is_ours := handoff_private.store_event(v_event, p_is_new);
    if v_is_ours and v_event.status = 'accepted' then
      v_next := handoff_private.act_on_event(v_event);
    end if;
  exception
    when others or assert_failure then
      if handoff_private.is_server_trouble(sqlstate) or v_event.receipt is null and sqlstate in ('TH404', 'TH410') then
        raise;
      end if;
      raise warning 'event % could not be applied: % (%)', p_event.receipt, sqlerrm, sqlstate;
      v_event := coalesce(v_event, p_event);
      v_event.status := 'parked';
      v_event.reason := 'apply_error';
      v_event.error_code := sqlstate;
      v_is_ours := handoff_private.store_event(v_event, p_is_new);
  end;
  if v_is_ours then
    return (v_event.receipt, v_event.status, v_event.reason, v_event.enrollment_id, v_event.step_id, v_next);
  end if;
  return null;
end;
$$;


ALTER FUNCTION handoff_private.apply_event(p_event handoff.partner_events, p_step_id uuid, p_is_new boolean) OWNER TO handoff_owner;

--
-- Name: FUNCTION apply_event(p_event handoff.partner_events, p_step_id uuid, p_is_new boolean); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.apply_event(p_event handoff.partner_events, p_step_id uuid, p_is_new boolean) IS 'Reads, decides, stores and applies one event. Null: it is new and its key is taken. p_step_id: the step that an admin says it means.';


--
-- Name: apply_events(uuid[]); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.apply_events(p_receipts uuid[]) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_event   handoff.partner_events;
  v_applied integer := 0;
begin
  for v_event in
    select e.*
    from handoff.partner_events as e
    where e.receipt = any (p_receipts) and e.status = 'parked'
    order by e.position
    for no key update
  loop
    perform handoff_private.continue_act('partner_event', v_event.receipt);
    v_applied := v_applied + ((handoff_private.apply_event(v_event)).status <> 'parked')::integer;
  end loop;
  return v_applied;
end;
$$;


ALTER FUNCTION handoff_private.apply_events(p_receipts uuid[]) OWNER TO handoff_owner;

--
-- Name: FUNCTION apply_events(p_receipts uuid[]); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.apply_events(p_receipts uuid[]) IS 'Applies parked events in order of receipt; returns how many are not parked any more.';


--
-- Name: apply_waiting(uuid, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.apply_waiting(p_enrollment_id uuid, p_reason text) RETURNS integer
    LANGUAGE plpgsql
    AS $$
begin
  return handoff_private.apply_events(array(
    select e.receipt
    from handoff.partner_events as e
    where e.enrollment_id = p_enrollment_id and e.status = 'parked' and e.reason = p_reason
  ));
end;
$$;


ALTER FUNCTION handoff_private.apply_waiting(p_enrollment_id uuid, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION apply_waiting(p_enrollment_id uuid, p_reason text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.apply_waiting(p_enrollment_id uuid, p_reason text) IS 'Applies the events that were parked for this reason on this enrollment; returns how many left the car park.';


--
-- Name: assigned_target(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.assigned_target(p_step_id uuid) RETURNS TABLE(enrollment_id uuid, enrollment_status text, enrolled_at timestamp with time zone, step_id uuid, step_status text, is_ambiguous boolean)
    LANGUAGE sql STABLE
    AS $$
  select e.id, e.status, e.enrolled_at, s.id, s.status, false
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.id = p_step_id
$$;


ALTER FUNCTION handoff_private.assigned_target(p_step_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION assigned_target(p_step_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.assigned_target(p_step_id uuid) IS 'A step that needs no choosing, as choose_target gives one.';


--
-- Name: begin_act(text, text, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.begin_act(p_cause text, p_reason text DEFAULT NULL::text, p_event uuid DEFAULT NULL::uuid) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $$
  select case
    when set_config(
      'handoff.act',
      row(p_cause, p_reason, p_event, handoff_private.caller_role(), handoff_private.acting_person())::handoff_private.act::text,
      true
    ) is not null then handoff.clock()
  end
$$;


ALTER FUNCTION handoff_private.begin_act(p_cause text, p_reason text, p_event uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION begin_act(p_cause text, p_reason text, p_event uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.begin_act(p_cause text, p_reason text, p_event uuid) IS 'Notes for the audit trail why what follows is done, by whom, and for which event; returns the time of it.';


--
-- Name: body_fault(bytea); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.body_fault(p_body bytea) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_text text;
  v_doc  jsonb;
begin
  if octet_length(p_body) = 0 then
    return 'empty_body';
  end if;
  begin
    v_text := convert_from(p_body, 'UTF8');
  exception
    when data_exception then
      return 'bad_encoding';
  end;
  if handoff_private.json_depth(v_text) > 64 then
    return 'too_deep';
  end if;
  begin
    -- json checks the grammar alone; jsonb also the strings and the numbers.
    perform v_text::json;
  exception
    when data_exception then
      return 'bad_json';
  end;
  begin
    v_doc := v_text::jsonb;
  exception
    when numeric_value_out_of_range then
      return 'number_range';
    when data_exception then
      return 'bad_string';
  end;
  return case
    when handoff_private.has_number_out_of_range(v_text) then 'number_range'
    when jsonb_typeof(v_doc) <> 'object' then 'not_an_object'
    when handoff_private.has_duplicate_key(v_text) then 'duplicate_key'
  end;
end;
$$;


ALTER FUNCTION handoff_private.body_fault(p_body bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION body_fault(p_body bytea); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.body_fault(p_body bytea) IS 'Why a body is no JSON object that can be trusted: empty_body, bad_encoding, too_deep, bad_json, number_range, bad_string, not_an_object or duplicate_key; null when it is.';


--
-- Name: book_faults(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.book_faults() RETURNS TABLE(invariant text, enrollment_id uuid, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with sequence as (
    select
      e.id,
      e.status,
      string_agg(s.partner_slug || ':' || s.status, ' ' order by s.sequence_order) as steps,
      count(s.id) as total,
      count(*) filter (where s.status = 'in_progress') as in_progress,
      count(*) filter (where s.status in ('in_progress', 'failed')) as current,
      min(s.sequence_order) filter (where s.status = 'pending') as first_pending,
      max(s.sequence_order) filter (where s.status in ('in_progress', 'failed')) as last_current,
      count(*) filter (where s.status = 'completed') as completed,
      coalesce(bool_and(s.status in ('completed', 'skipped')) and bool_or(s.status = 'completed'), false) as is_done,
      exists (select from handoff.certificates as c where c.enrollment_id = e.id) as has_certificate
    from handoff.enrollments as e
    left join handoff.enrollment_steps as s on s.enrollment_id = e.id
    group by e.id
  ),
  trail as (
    select
      t.enrollment_id,
      t.step_id,
      t.from_status,
      t.to_status,
      lag(t.to_status) over thread as previous_status,
      lead(t.id) over thread is null as is_last
    from handoff.step_transitions as t
    window thread as (partition by t.enrollment_id, t.step_id order by t.id)
  ),
  thing (enrollment_id, step_id, status) as (
    select e.id, null::uuid, e.status from handoff.enrollments as e
    union all
    select s.enrollment_id, s.id, s.status from handoff.enrollment_steps as s
  ),
  credit as (
    select
      e.receipt,
      e.enrollment_id,
      e.event_key,
      (e.student_id, e.partner_slug, e.item_ref, e.partner_completed_at)::text as completion,
      e.partner_completed_at is not null as is_dated,
      count(t.id) as times,
      bool_or(t.reason is not null) as by_hand
    from handoff.partner_events as e
    left join handoff.step_transitions as t
      on t.event_receipt = e.receipt and t.step_id = e.step_id and t.to_status = 'completed'
    where e.status = 'accepted' and e.reason in ('completed', 'completed_early')
    group by e.receipt
  )
  select 'no pending step stands before the current one', q.id, q.steps
  from sequence as q
  where q.first_pending < q.last_current

  union all
  select 'at most one step is in progress', q.id, q.steps
  from sequence as q
  where q.in_progress > 1

  union all
  select 'a failed step is the only current one', q.id, q.steps
  from sequence as q
  where q.current > greatest(q.in_progress, 1)

  union all
  select 'a running enrollment has a step in progress or a failed one', q.id, q.status || ' ' || coalesce(q.steps, 'no steps')
  from sequence as q
  where q.status in ('active', 'on_hold') and q.current = 0

  union all
  select 'an enrollment that awaits approval has no steps', q.id, q.steps
  from sequence as q
  where q.status = 'pending' and q.total > 0

  union all
  select 'an enrollment is completed when its steps are done, and only then', q.id, q.status || ' ' || coalesce(q.steps, 'no steps')
  from sequence as q
  where q.status <> 'withdrawn' and (q.status = 'completed') <> q.is_done

  union all
  select 'a completed enrollment has a certificate, and no other has', q.id, q.status
  from sequence as q
  where (q.status = 'completed') <> q.has_certificate

  union all
  select 'a certificate lists the completed steps', q.id, c.partners::text
  from sequence as q
  join handoff.certificates as c on c.enrollment_id = q.id
  where jsonb_array_length(c.partners) <> q.completed

  union all
  select 'every event is decided', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  where e.status = 'received'

  union all
  select 'each transition starts where the one before it ended', t.enrollment_id, concat(t.from_status, ' to ', t.to_status)
  from trail as t
  where t.from_status is distinct from t.previous_status

  union all
  select 'the audit trail replays to the current state', g.enrollment_id, concat(g.status, ', the trail says ', t.to_status)
  from thing as g
  left join trail as t on t.enrollment_id = g.enrollment_id and t.step_id is not distinct from g.step_id and t.is_last
  where t.to_status is distinct from g.status

  union all
  select 'no event waits for an account that is linked', e.enrollment_id, e.event_key
  from handoff.partner_events as e
  join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  where e.status = 'parked' and e.reason = 'unknown_student' and a.student_id is not null

  union all
  select 'no event waits for an enrollment that is active', e.enrollment_id, e.event_key || ' ' || e.reason
  from handoff.partner_events as e
  join handoff.enrollments as n on n.id = e.enrollment_id
  where e.status = 'parked' and e.reason in ('awaiting_approval', 'on_hold') and n.status = 'active'

  union all
  select 'an event that completed a step did so once', c.enrollment_id, concat(c.event_key, ': ', c.times, ' times')
  from credit as c
  where c.times <> 1

  union all
  select 'a step was completed by no event that is not credited', t.enrollment_id, t.event_receipt::text
  from handoff.step_transitions as t
  where t.to_status = 'completed' and t.event_receipt is not null
    and not exists (select from credit as c where c.receipt = t.event_receipt)

  union all
  select 'one completion is credited once, but by an admin''s hand', min(c.enrollment_id::text)::uuid, string_agg(c.event_key, ' ')
  from credit as c
  where c.is_dated and not c.by_hand
  group by c.completion
  having count(*) > 1

  union all
  select 'a step counts its failed attempts and its progress', s.enrollment_id, s.partner_slug
  from handoff.enrollment_steps as s
  where (s.failed_attempts, s.progress_count) <> (
    select count(*) filter (where e.reason = 'attempt_failed'), count(*) filter (where e.reason = 'progress')
    from handoff.partner_events as e
    where e.step_id = s.id
  )
$$;


ALTER FUNCTION handoff_private.book_faults() OWNER TO handoff_owner;

--
-- Name: FUNCTION book_faults(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.book_faults() IS 'Each place where something that must hold after every commit does not: no row, or there is a bug. The enrollment is null where none is known.';


--
-- Name: caller_role(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.caller_role() RETURNS name
    LANGUAGE sql STABLE
    AS $$ select coalesce(nullif(current_setting('role'), 'none'), session_user)::name $$;


ALTER FUNCTION handoff_private.caller_role() OWNER TO handoff_owner;

--
-- Name: FUNCTION caller_role(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.caller_role() IS 'The role that the caller switched to, else its login.';


--
-- Name: check_character(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.check_character(p_text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
declare
  v_alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';
  v_sum      integer := 0;
begin
  for v_place in 1 .. length(p_text) loop
    v_sum := (v_sum + strpos(v_alphabet, substr(p_text, v_place, 1)) - 1) * 2 % 37;
  end loop;
  return substr(v_alphabet, (38 - v_sum) % 37 + 1, 1);
end;
$$;


ALTER FUNCTION handoff_private.check_character(p_text text) OWNER TO handoff_owner;

--
-- Name: FUNCTION check_character(p_text text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.check_character(p_text text) IS 'The check character of a text of digits and capital letters: one of those, or an asterisk.';


--
-- Name: check_delivery(text, bytea, text, jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  if p_event_key is null or p_event_key !~ '^[ -~]+$' or length(p_event_key) > 255 or p_body is null
    or p_channel is null or p_channel not in ('webhook', 'csv', 'evidence', 'manual')
    or jsonb_typeof(p_context) is distinct from 'object'
  then
    raise exception using
      errcode = 'TH400',
      message = 'malformed delivery',
      detail = jsonb_build_object('event_key', left(p_event_key, 255), 'channel', p_channel)::text,
      hint = 'Keys are 1 to 255 printable ASCII characters; the body is not null; the context is a JSON object.';
  elsif octet_length(p_body) > 65536 then
    raise exception using
      errcode = 'TH413',
      message = 'body too large',
      detail = jsonb_build_object('bytes', octet_length(p_body))::text,
      hint = 'Send at most 65536 bytes.';
  elsif (p_channel <> 'webhook' or current_setting('role') <> 'handoff_webhook') and not handoff_private.may_deliver(p_channel) then
    raise exception using
      errcode = 'TH403',
      message = 'channel of another role',
      detail = jsonb_build_object('channel', p_channel, 'role', handoff_private.caller_role())::text,
      hint = 'handoff_webhook sends webhook, handoff_worker csv, handoff_admin csv, evidence and manual.';
  end if;
  return p_event_key;
end;
$_$;


ALTER FUNCTION handoff_private.check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb) IS 'The key, when the call is well formed and the calling role may use the channel; TH400, TH403 or TH413 otherwise.';


--
-- Name: choose_target(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.choose_target(p_event handoff.partner_events) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_first record;
  v_next  record;
begin
  for v_next in
    select t.*
    from handoff_private.targets_of_event(p_event) as t
    order by t.is_named desc, t.closed desc nulls first, t.is_course desc, t.is_done, t.enrolled_at desc, t.step_id
    limit 2
  loop
    if v_first is null then
      v_first := v_next;
    else
      v_first.is_ambiguous := not v_first.is_done
        and (v_next.is_named, v_next.closed, v_next.is_course)
          is not distinct from (v_first.is_named, v_first.closed, v_first.is_course);
    end if;
  end loop;
  return v_first;
end;
$$;


ALTER FUNCTION handoff_private.choose_target(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION choose_target(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.choose_target(p_event handoff.partner_events) IS 'The step that the event means, a row of targets_of_event, and whether it could mean an open other one as well; null when there is none.';


--
-- Name: complete_at_once(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.complete_at_once(p_event handoff.partner_events) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
declare
  v_receipt handoff.event_receipt;
  v_role    name;
  v_person  uuid;
begin
  if p_event.status <> 'received' or p_event.meaning <> 'completion' or not coalesce(p_event.passed, true)
    or p_event.partner_enrollment_ref is not null
  then
    return null;
  end if;
  perform from handoff.profiles as p where p.id = p_event.student_id for no key update;
  v_role := handoff_private.caller_role();
  v_person := handoff_private.acting_person();
  perform set_config('handoff.act', 'kept', true);
  with target as (
    select s.id, s.enrollment_id
    from handoff.enrollments as e
    join handoff.enrollment_steps as s on s.enrollment_id = e.id
    where e.student_id = p_event.student_id and e.status = 'active'
      and s.partner_slug = p_event.partner_slug and s.status = 'in_progress'
      and (s.course_ref is null or s.course_ref = p_event.item_ref)
      and handoff_private.is_out_of_time(p_event.partner_completed_at, p_event.received_at, e.enrolled_at) is not true
      and not exists (select from handoff.enrollments as o where o.student_id = p_event.student_id and o.id <> e.id)
      and not exists (
        select
        from handoff.partner_events as c
        where c.student_id = p_event.student_id and c.partner_slug = p_event.partner_slug
          and c.reason in ('completed', 'completed_early')
      )
    for no key update of e, s
  ),
  event as (
    insert into handoff.partner_events (
      receipt, partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at, status, reason,
      first_outcome, event_type, meaning, external_student_id, item_ref, partner_completed_at, passed, result,
      student_id, enrollment_id, step_id
    )
    select
      p_event.receipt, p_event.partner_slug, p_event.event_key, p_event.channel, p_event.context, p_event.body,
      sha256(p_event.body), p_event.received_at, p_event.received_at, 'accepted', 'completed', 'accepted:completed',
      p_event.event_type, p_event.meaning, p_event.external_student_id, p_event.item_ref, p_event.partner_completed_at,
      p_event.passed, p_event.result, p_event.student_id, t.enrollment_id, t.id
    from target as t
    on conflict (partner_slug, event_key, repetition) do nothing
    returning receipt, enrollment_id, step_id
  ),
  done as (
    update handoff.enrollment_steps as s
    set
      status = 'completed',
      completed_at = greatest(handoff.clock(), s.started_at),
      partner_completed_at = p_event.partner_completed_at
    from event as e
    where s.id = e.step_id
    returning e.receipt, s.enrollment_id, s.id, s.sequence_order
  ),
  started as (
    update handoff.enrollment_steps as s
    set status = 'in_progress', started_at = handoff.clock()
    from done as d
    where s.enrollment_id = d.enrollment_id and s.sequence_order = d.sequence_order + 1 and s.status = 'pending'
    returning s.id
  ),
  trail as (
    insert into handoff.step_transitions (
      occurred_at, enrollment_id, step_id, from_status, to_status, cause, event_receipt, actor_role, actor_id
    )
    select
      handoff.clock(), d.enrollment_id, m.step_id, m.from_status, m.to_status, m.cause, d.receipt, v_role, v_person
    from done as d
    left join started as n on true
    cross join lateral (
      values (d.id, 'in_progress', 'completed', 'partner_event'), (n.id, 'pending', 'in_progress', 'advanced')
    ) as m (step_id, from_status, to_status, cause)
    where m.step_id is not null
  )
  select d.receipt, 'accepted', 'completed', d.enrollment_id, d.id, n.id
  into v_receipt
  from done as d
  left join started as n on true;
  perform set_config('handoff.act', '', true);
  if v_receipt.receipt is not null and v_receipt.next_step_id is null then
    perform handoff_private.begin_act('partner_event', null, v_receipt.receipt);
    v_receipt.next_step_id := handoff_private.advance(v_receipt.enrollment_id);
  end if;
  return v_receipt;
end;
$$;


ALTER FUNCTION handoff_private.complete_at_once(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION complete_at_once(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.complete_at_once(p_event handoff.partner_events) IS 'Stores a new completion and does what it says, where that is plain; null where it is not, and then nothing is done.';


--
-- Name: complete_enrollment(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.complete_enrollment(p_enrollment_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  -- Steps that were all skipped taught nothing; no steps at all even less.
  if not exists (
    select from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id and s.status = 'completed'
  ) then
    return;
  end if;
  update handoff.enrollments as e
  set status = 'completed', completed_at = greatest(handoff.clock(), e.activated_at)
  where e.id = p_enrollment_id;
  perform handoff_private.issue_certificate(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff_private.complete_enrollment(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION complete_enrollment(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.complete_enrollment(p_enrollment_id uuid) IS 'Completes the enrollment and issues its certificate, when at least one step was completed.';


--
-- Name: complete_step(uuid, uuid, text, timestamp with time zone); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
begin
  update handoff.enrollment_steps as s
  set
    status = 'completed',
    completed_at = greatest(handoff.clock(), s.started_at),
    partner_completed_at = p_partner_completed_at,
    external_enrollment_id = coalesce(p_external_enrollment_id, s.external_enrollment_id)
  where s.id = p_step_id and s.status in ('pending', 'in_progress', 'failed');
  return handoff_private.advance(p_enrollment_id);
end;
$$;


ALTER FUNCTION handoff_private.complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone) OWNER TO handoff_owner;

--
-- Name: FUNCTION complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone) IS 'Completes an open step and advances. A step completed early leaves the current one current. Returns the step in progress.';


--
-- Name: completed_partners(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.completed_partners(p_enrollment_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_agg(jsonb_build_object('partner', p.name, 'completed_at', s.completed_at) order by s.sequence_order)
  from handoff.enrollment_steps as s
  join handoff.partners as p on p.slug = s.partner_slug
  where s.enrollment_id = p_enrollment_id and s.status = 'completed'
$$;


ALTER FUNCTION handoff_private.completed_partners(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION completed_partners(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.completed_partners(p_enrollment_id uuid) IS 'The completed steps in order, as a certificate lists them.';


--
-- Name: continue_act(text, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.continue_act(p_cause text, p_event uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_act handoff_private.act := current_setting('handoff.act')::handoff_private.act;
begin
  v_act.cause := p_cause;
  v_act.event_receipt := p_event;
  perform set_config('handoff.act', v_act::text, true);
end;
$$;


ALTER FUNCTION handoff_private.continue_act(p_cause text, p_event uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION continue_act(p_cause text, p_event uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.continue_act(p_cause text, p_event uuid) IS 'Notes another cause, and the event, for what the act that was begun brings with it; its reason and its person stay.';


--
-- Name: enrollments; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.enrollments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    student_id uuid NOT NULL,
    program_slug text NOT NULL,
    status text NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    activated_at timestamp with time zone,
    completed_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT enrollments_status_holds CHECK (
CASE status
    WHEN 'pending'::text THEN ((activated_at IS NULL) AND (completed_at IS NULL) AND (withdrawn_at IS NULL))
    WHEN 'active'::text THEN ((activated_at IS NOT NULL) AND (completed_at IS NULL) AND (withdrawn_at IS NULL))
    WHEN 'on_hold'::text THEN ((activated_at IS NOT NULL) AND (completed_at IS NULL) AND (withdrawn_at IS NULL))
    WHEN 'completed'::text THEN ((activated_at IS NOT NULL) AND (completed_at IS NOT NULL) AND (withdrawn_at IS NULL))
    WHEN 'withdrawn'::text THEN ((completed_at IS NULL) AND (withdrawn_at IS NOT NULL))
    ELSE false
END),
    CONSTRAINT enrollments_time_order CHECK (((activated_at >= enrolled_at) AND (completed_at >= activated_at) AND (withdrawn_at >= enrolled_at)))
);

ALTER TABLE ONLY handoff.enrollments FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.enrollments OWNER TO handoff_owner;

--
-- Name: TABLE enrollments; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.enrollments IS 'One student in one program. Open are pending, active and on_hold: at most one per student and program.';


--
-- Name: COLUMN enrollments.status; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollments.status IS 'pending waits for approval; completed and withdrawn are final.';


--
-- Name: COLUMN enrollments.activated_at; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollments.activated_at IS 'When the steps could start: at enrolling, or when an admin approved.';


--
-- Name: create_steps(handoff.enrollments); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.create_steps(p_enrollment handoff.enrollments) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_created integer;
begin
  perform handoff_private.continue_act('generated');
  insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order, course_ref)
  select p_enrollment.id, m.partner_slug, m.sequence_order, m.course_ref
  from handoff.program_partners as m
  where m.program_slug = p_enrollment.program_slug and m.is_required
  order by m.sequence_order;
  get diagnostics v_created = row_count;
  if v_created = 0 then
    perform handoff_private.refuse_unconfigured(p_enrollment.program_slug);
  end if;
  perform handoff_private.advance(p_enrollment.id);
  return v_created;
end;
$$;


ALTER FUNCTION handoff_private.create_steps(p_enrollment handoff.enrollments) OWNER TO handoff_owner;

--
-- Name: FUNCTION create_steps(p_enrollment handoff.enrollments); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.create_steps(p_enrollment handoff.enrollments) IS 'Copies the required mappings of the program as steps and starts the first. TH422 when there is none.';


--
-- Name: credited_step(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.credited_step(p_event handoff.partner_events) RETURNS TABLE(step_id uuid)
    LANGUAGE sql STABLE
    AS $$
  select e.step_id
  from handoff.partner_events as e
  where e.student_id = p_event.student_id and e.partner_slug = p_event.partner_slug
    and e.reason in ('completed', 'completed_early') and e.item_ref is not distinct from p_event.item_ref
    and e.partner_completed_at = p_event.partner_completed_at and e.receipt <> p_event.receipt
    and coalesce(p_event.passed, true)
  order by e.position desc
  limit 1
$$;


ALTER FUNCTION handoff_private.credited_step(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION credited_step(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.credited_step(p_event handoff.partner_events) IS 'The step to which this completion was credited under another key; its second identity is partner, student, item and time.';


--
-- Name: current_act(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.current_act() RETURNS handoff_private.act
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_act handoff_private.act;
begin
  if current_user = 'handoff_owner' then
    v_act := nullif(current_setting('handoff.act', true), '')::handoff_private.act;
  end if;
  if v_act.cause is null then
    v_act := ('direct', null::text, null::uuid, handoff_private.caller_role()::text, handoff_private.acting_person());
  end if;
  return v_act;
end;
$$;


ALTER FUNCTION handoff_private.current_act() OWNER TO handoff_owner;

--
-- Name: FUNCTION current_act(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.current_act() IS 'Why a status changes right now, and who changes it.';


--
-- Name: decide_again(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.decide_again(p_receipt uuid) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events := handoff_private.event_to_decide(p_receipt);
begin
  perform handoff_private.begin_act('partner_event', null, p_receipt);
  if v_event.status not in ('parked', 'rejected') then
    return handoff_private.receipt_of(v_event, 'duplicate', v_event.status || ':' || v_event.reason);
  elsif v_event.body is null then
    perform handoff_private.refuse_state('event', p_receipt, v_event.status, 'Its body was dropped after the retention period.');
  end if;
  return handoff_private.apply_event(v_event);
end;
$$;


ALTER FUNCTION handoff_private.decide_again(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION decide_again(p_receipt uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.decide_again(p_receipt uuid) IS 'Runs a parked or rejected event again; an applied one is answered as duplicate. TH404, TH409 body dropped.';


--
-- Name: decide_event(handoff.partner_events, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid DEFAULT NULL::uuid) RETURNS handoff.partner_events
    LANGUAGE plpgsql
    AS $$
declare
  v_event    handoff.partner_events := p_event;
  v_credited uuid;
  v_target   record;
  v_outcome  text;
begin
  if p_event.status <> 'received' then
    return p_event;
  elsif not handoff_private.lock_enrollments_of(p_event.student_id) then
    return handoff_private.decide_without_step(p_event);
  end if;
  if p_step_id is null and p_event.meaning = 'completion' and p_event.partner_completed_at is not null then
    select c.step_id into v_credited from handoff_private.credited_step(p_event) as c;
  end if;
  if v_credited is null and p_step_id is null then
    v_target := handoff_private.choose_target(p_event);
  else
    select t.* into v_target from handoff_private.assigned_target(coalesce(p_step_id, v_credited)) as t;
  end if;
  if v_target is null then
    return handoff_private.decide_without_step(p_event);
  end if;
  v_outcome := case
    when p_step_id is null and p_event.partner_enrollment_ref is not null
      and handoff_private.names_step_of_another(p_event) then 'parked:ambiguous'
    when v_credited is not null then 'ignored:already_completed'
    when v_target.is_ambiguous then 'parked:ambiguous'
    when v_target.step_status in ('completed', 'skipped')
      then handoff_private.outcome_on_done_step(p_event, v_target.step_status)
    when v_target.enrollment_status = 'pending' then 'parked:awaiting_approval'
    when v_target.enrollment_status in ('on_hold', 'withdrawn') then 'parked:' || v_target.enrollment_status
    when p_step_id is null and handoff_private.is_out_of_time(p_event.partner_completed_at, p_event.received_at, v_target.enrolled_at)
      then 'parked:time_review'
    else handoff_private.outcome_on_open_step(p_event, v_target.step_id, v_target.step_status)
  end;
  v_event.status := split_part(v_outcome, ':', 1);
  v_event.reason := split_part(v_outcome, ':', 2);
  if v_event.reason <> 'ambiguous' then
    v_event.enrollment_id := v_target.enrollment_id;
    v_event.step_id := v_target.step_id;
  end if;
  return v_event;
end;
$$;


ALTER FUNCTION handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION decide_event(p_event handoff.partner_events, p_step_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid) IS 'The event with its outcome and the step that it means. p_step_id: the step that an admin names; time and identity are then settled.';


--
-- Name: decide_without_step(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.decide_without_step(p_event handoff.partner_events) RETURNS handoff.partner_events
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_event handoff.partner_events := p_event;
begin
  select e.id
  into v_event.enrollment_id
  from handoff.enrollments as e
  join handoff.program_partners as m on m.program_slug = e.program_slug
  where e.student_id = p_event.student_id and e.status <> 'withdrawn'
    and m.partner_slug = p_event.partner_slug and not m.is_required
    and (m.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or m.course_ref = p_event.item_ref)
  order by e.status = 'completed', e.enrolled_at desc
  limit 1;
  if found then
    v_event.status := 'accepted';
    v_event.reason := 'evidence';
    return v_event;
  end if;
  v_event.status := 'parked';
  v_event.reason := case
    when exists (
      select
      from handoff.enrollments as e
      join handoff.enrollment_steps as s on s.enrollment_id = e.id
      where e.student_id = p_event.student_id and s.partner_slug = p_event.partner_slug and e.status <> 'withdrawn'
    ) or exists (
      select
      from handoff.enrollments as e
      join handoff.program_partners as m on m.program_slug = e.program_slug
      where e.student_id = p_event.student_id and m.partner_slug = p_event.partner_slug and e.status <> 'withdrawn'
        and (e.status = 'pending' or not m.is_required)
    ) then 'unmapped_course'
    else 'no_enrollment'
  end;
  return v_event;
end;
$$;


ALTER FUNCTION handoff_private.decide_without_step(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION decide_without_step(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.decide_without_step(p_event handoff.partner_events) IS 'The outcome of an event that no step of its student matches: evidence, unmapped_course or no_enrollment.';


--
-- Name: enrollment_status(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.enrollment_status(p_enrollment_id uuid) RETURNS text
    LANGUAGE sql STABLE
    AS $$ select e.status from handoff.enrollments as e where e.id = p_enrollment_id $$;


ALTER FUNCTION handoff_private.enrollment_status(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION enrollment_status(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.enrollment_status(p_enrollment_id uuid) IS 'The status of the enrollment, or null.';


--
-- Name: event_to_decide(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.event_to_decide(p_receipt uuid) RETURNS handoff.partner_events
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events;
begin
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown event',
      detail = jsonb_build_object('receipt', p_receipt)::text,
      hint = 'Give the receipt of an event.';
  end if;
  if v_event.status in ('parked', 'rejected') and v_event.body is not null then
    perform handoff_private.lock_enrollments_of((handoff_private.read_event(v_event)).student_id);
  end if;
  select e.* into v_event from handoff.partner_events as e where e.receipt = p_receipt for no key update;
  return v_event;
end;
$$;


ALTER FUNCTION handoff_private.event_to_decide(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION event_to_decide(p_receipt uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.event_to_decide(p_receipt uuid) IS 'The event, locked after what it may move. TH404 when there is none.';


--
-- Name: partner_event_types; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.partner_event_types (
    partner_slug text NOT NULL,
    event_type text NOT NULL,
    meaning text NOT NULL,
    item_field text,
    pass_field text,
    result_field text,
    progress_total integer,
    CONSTRAINT partner_event_types_event_type_shape CHECK (((length(event_type) >= 1) AND (length(event_type) <= 100))),
    CONSTRAINT partner_event_types_meaning_known CHECK ((meaning = ANY (ARRAY['completion'::text, 'progress'::text, 'evidence'::text, 'acknowledgement'::text, 'test'::text]))),
    CONSTRAINT partner_event_types_pass_field_completes CHECK (((pass_field IS NULL) OR (meaning = 'completion'::text))),
    CONSTRAINT partner_event_types_total_of_progress CHECK (((progress_total IS NULL) OR ((meaning = 'progress'::text) AND (progress_total > 0))))
);

ALTER TABLE ONLY handoff.partner_event_types FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.partner_event_types OWNER TO handoff_owner;

--
-- Name: TABLE partner_event_types; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.partner_event_types IS 'What each event of a partner means. Meaning is data: the functions know no partner by name.';


--
-- Name: COLUMN partner_event_types.item_field; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_event_types.item_field IS 'The payload field that names the course, exam or training; for progress, the part of it that is done.';


--
-- Name: COLUMN partner_event_types.pass_field; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_event_types.pass_field IS 'When set, the event completes a step only if this field is the JSON value true; false is a failed attempt.';


--
-- Name: COLUMN partner_event_types.result_field; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_event_types.result_field IS 'The payload field with the score or grade, kept with the event.';


--
-- Name: COLUMN partner_event_types.progress_total; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_event_types.progress_total IS 'How many parts there are, so that a page can say 2 of 6.';


--
-- Name: field_fault(jsonb, handoff.partner_event_types); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.field_fault(p_doc jsonb, p_type handoff.partner_event_types) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return case
    when not p_doc ? 'event' then 'missing_field'
    when not handoff_private.is_name(p_doc -> 'event', 100) then 'bad_field'
    when p_type.meaning = 'test' then null
    when not p_doc ? 'student_id' or (p_type.pass_field is not null and not p_doc ? p_type.pass_field)
      then 'missing_field'
    when not handoff_private.is_name(p_doc -> 'student_id', 255)
      or not coalesce(handoff_private.is_name(p_doc -> 'enrollment_id', 255), true)
      or not coalesce(handoff_private.is_name(p_doc -> p_type.item_field, 255), true)
      or not coalesce(jsonb_typeof(p_doc -> p_type.pass_field) = 'boolean', true)
      or not coalesce(handoff_private.is_result(p_doc -> p_type.result_field), true)
      then 'bad_field'
    when p_doc ? 'completed_at' and handoff_private.time_of(p_doc -> 'completed_at') is null then 'bad_time'
  end;
end;
$$;


ALTER FUNCTION handoff_private.field_fault(p_doc jsonb, p_type handoff.partner_event_types) OWNER TO handoff_owner;

--
-- Name: FUNCTION field_fault(p_doc jsonb, p_type handoff.partner_event_types); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.field_fault(p_doc jsonb, p_type handoff.partner_event_types) IS 'missing_field, bad_field or bad_time, or null when the fields that this event needs can be used.';


--
-- Name: has_duplicate_key(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.has_duplicate_key(p_object text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return (
    with recursive node (value) as (
      select p_object::json
      union all
      select child.value
      from node
      cross join lateral (
        select member.value
        from json_each(case when json_typeof(node.value) = 'object' then node.value else '{}' end) as member
        union all
        select element.value
        from json_array_elements(case when json_typeof(node.value) = 'array' then node.value else '[]' end) as element
      ) as child
      where json_typeof(child.value) in ('object', 'array')
    )
    select bool_or((
      select count(*) <> count(distinct k.key)
      from json_object_keys(case when json_typeof(node.value) = 'object' then node.value else '{}' end) as k (key)
    ))
    from node
  );
end;
$$;


ALTER FUNCTION handoff_private.has_duplicate_key(p_object text) OWNER TO handoff_owner;

--
-- Name: FUNCTION has_duplicate_key(p_object text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.has_duplicate_key(p_object text) IS 'True when the JSON object, or one within it, names a key twice.';


--
-- Name: has_number_out_of_range(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.has_number_out_of_range(p_text text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if p_text !~ '[0-9][eE][+-]?[0-9]{3}|[0-9]{200}' then
    return false;
  end if;
  perform n.token[1]::float8
  from regexp_matches(handoff_private.without_strings(p_text), '-?[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?', 'g') as n (token);
  return false;
exception
  when numeric_value_out_of_range then
    return true;
end;
$$;


ALTER FUNCTION handoff_private.has_number_out_of_range(p_text text) OWNER TO handoff_owner;

--
-- Name: FUNCTION has_number_out_of_range(p_text text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.has_number_out_of_range(p_text text) IS 'True when a number of the JSON text does not fit a double.';


--
-- Name: has_plain_fields(jsonb, handoff.partner_event_types); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types) RETURNS boolean
    LANGUAGE sql STABLE
    AS $_$
  select p_type.meaning <> 'test'
    and p_doc @@ 'strict $.event.type() == "string" && $.student_id like_regex "^[^\\s[:cntrl:]]+$"'
    and (p_doc -> p_type.item_field is null or p_doc -> p_type.item_field @@ 'strict $ like_regex "^[^\\s[:cntrl:]]+$"')
    and not p_doc ? 'enrollment_id'
    and octet_length(concat(p_doc ->> 'student_id', p_doc ->> p_type.item_field)) <= 255
    and p_type.pass_field is null
    and p_type.result_field is null
$_$;


ALTER FUNCTION handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types) OWNER TO handoff_owner;

--
-- Name: FUNCTION has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types) IS 'True when the fields that this event needs can be used, apart from its time; anything else when that needs a closer look.';


--
-- Name: is_known_progress(handoff.partner_events, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_known_progress(p_event handoff.partner_events, p_step_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select p_event.item_ref is not null and exists (
    select
    from handoff.partner_events as e
    where e.step_id = p_step_id and e.reason = 'progress' and e.event_type = p_event.event_type
      and e.item_ref = p_event.item_ref and e.receipt <> p_event.receipt
  )
$$;


ALTER FUNCTION handoff_private.is_known_progress(p_event handoff.partner_events, p_step_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_known_progress(p_event handoff.partner_events, p_step_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_known_progress(p_event handoff.partner_events, p_step_id uuid) IS 'True when this part of the step was reported before.';


--
-- Name: is_name(jsonb, integer); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_name(p_value jsonb, p_max_length integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$
  select jsonb_typeof(p_value) = 'string'
    and length(p_value #>> '{}') <= p_max_length
    and p_value #>> '{}' ~ '^[^[:space:][:cntrl:]]([^[:cntrl:]]*[^[:space:][:cntrl:]])?$'
$_$;


ALTER FUNCTION handoff_private.is_name(p_value jsonb, p_max_length integer) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_name(p_value jsonb, p_max_length integer); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_name(p_value jsonb, p_max_length integer) IS 'True for a JSON string of 1 to so many characters, without control characters or space around it; null for null.';


--
-- Name: is_out_of_time(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql
    AS $$
  select coalesce(p_completed_at, p_received_at) < p_enrolled_at - interval '1 day'
    or p_completed_at > handoff.clock() + interval '1 day'
$$;


ALTER FUNCTION handoff_private.is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone) IS 'True when the event is of more than a day before the enrollment, or more than a day ahead.';


--
-- Name: is_plain_object(text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_plain_object(p_text text, p_kept text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$
  select p_text ~ '^\s*\{[^[{\\]*$'
    and cardinality(string_to_array(p_text, '"')) = cardinality(string_to_array(p_kept, '"'))
    and (length(p_kept) <= 300 or not handoff_private.has_number_out_of_range(p_text))
$_$;


ALTER FUNCTION handoff_private.is_plain_object(p_text text, p_kept text) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_plain_object(p_text text, p_kept text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_plain_object(p_text text, p_kept text) IS 'True for a flat JSON object without a key that stands twice or a number out of range; false when that needs a closer look. p_kept: the same as jsonb writes it.';


--
-- Name: is_result(jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_result(p_value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT
    AS $$
  select case jsonb_typeof(p_value)
    when 'number' then (p_value #>> '{}')::numeric >= 0 and length(p_value #>> '{}') <= 50
    else handoff_private.is_name(p_value, 50)
  end
$$;


ALTER FUNCTION handoff_private.is_result(p_value jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_result(p_value jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_result(p_value jsonb) IS 'True for a score that is not negative, or a grade of at most 50 characters.';


--
-- Name: is_server_trouble(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.is_server_trouble(p_sqlstate text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$ select left(p_sqlstate, 2) in ('08', '25', '40', '53', '57', '58', 'XX') or p_sqlstate = '55P03' $$;


ALTER FUNCTION handoff_private.is_server_trouble(p_sqlstate text) OWNER TO handoff_owner;

--
-- Name: FUNCTION is_server_trouble(p_sqlstate text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.is_server_trouble(p_sqlstate text) IS 'True for conditions of the server and not of the event: connection, read-only, serialization, deadlock, resources, cancel, system, lock timeout.';


--
-- Name: issue_certificate(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.issue_certificate(p_enrollment_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into handoff.certificates (
    number, enrollment_id, student_id, student_name, program_slug, program_name, enrolled_at, completed_at, issued_at,
    partners
  )
  select
    handoff_private.new_certificate_number(), e.id, e.student_id, p.full_name, g.slug, g.name, e.enrolled_at,
    e.completed_at, greatest(handoff.clock(), e.completed_at), handoff_private.completed_partners(e.id)
  from handoff.enrollments as e
  join handoff.profiles as p on p.id = e.student_id
  join handoff.programs as g on g.slug = e.program_slug
  where e.id = p_enrollment_id;
end;
$$;


ALTER FUNCTION handoff_private.issue_certificate(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION issue_certificate(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.issue_certificate(p_enrollment_id uuid) IS 'Writes the certificate with the names and dates of this moment.';


--
-- Name: json_depth(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.json_depth(p_text text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_opening integer := length(p_text) - length(translate(p_text, '[{', ''));
begin
  if v_opening <= 64 then
    return v_opening;
  end if;
  return (
    select coalesce(max(d.depth), 0)::integer
    from (
      select sum(case when b.bracket in ('[', '{') then 1 else -1 end) over (order by b.place) as depth
      from regexp_split_to_table(
        regexp_replace(handoff_private.without_strings(p_text), '[^][{}]', '', 'g'), ''
      ) with ordinality as b (bracket, place)
      where b.bracket <> ''
    ) as d
  );
end;
$$;


ALTER FUNCTION handoff_private.json_depth(p_text text) OWNER TO handoff_owner;

--
-- Name: FUNCTION json_depth(p_text text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.json_depth(p_text text) IS 'How deep a JSON text nests, or a bound of it when that is at most 64. Strings do not count.';


--
-- Name: keep_conflict(handoff.partner_events, bytea, text, jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
begin
  insert into handoff.partner_event_conflicts as c (
    receipt, body_sha256, body, channel, context, received_at, last_seen_at
  )
  select p_event.receipt, sha256(p_body), p_body, p_channel, p_context, t.now, t.now
  from (select handoff.clock() as now) as t
  on conflict (receipt, body_sha256) do update
  set seen = c.seen + 1, last_seen_at = greatest(excluded.last_seen_at, c.last_seen_at);
  return (p_event.receipt, 'conflict', 'key_reused', null, null, null)::handoff.event_receipt;
end;
$$;


ALTER FUNCTION handoff_private.keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) IS 'Keeps a delivery that reuses a key with another body, apart from the event that has the key.';


--
-- Name: keep_possible_repeat(handoff.partner_events, bytea, text, jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events;
begin
  insert into handoff.partner_events (
    partner_slug, event_key, repetition, channel, context, body, body_sha256, received_at, last_seen_at,
    status, reason, first_outcome, event_type, meaning, external_student_id, item_ref, partner_completed_at, student_id
  )
  select
    p_event.partner_slug, p_event.event_key, p_event.repetition + 1, p_channel, p_context, p_body, sha256(p_body),
    t.now, t.now, 'parked', 'possible_repeat', 'parked:possible_repeat', p_event.event_type, p_event.meaning,
    p_event.external_student_id, p_event.item_ref, p_event.partner_completed_at, p_event.student_id
  from (select handoff.clock() as now) as t
  on conflict (partner_slug, event_key, repetition) do nothing
  returning * into v_event;
  if not found then
    return handoff_private.receive_again(p_event.partner_slug, p_event.event_key, p_body, p_channel, p_context);
  end if;
  return handoff_private.receipt_of(v_event, v_event.status, v_event.reason);
end;
$$;


ALTER FUNCTION handoff_private.keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) IS 'Parks a repeated body that could be a new completion: only a person can tell it from a retry.';


--
-- Name: lock_due_event(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.lock_due_event(p_receipt uuid) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  v_student_id uuid;
begin
  select coalesce(e.student_id, a.student_id, case
    when e.external_student_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.external_student_id::uuid
  end)
  into v_student_id
  from handoff.partner_events as e
  left join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id = e.external_student_id
  where e.receipt = p_receipt;
  perform from handoff.profiles as p where p.id = v_student_id for no key update nowait;
  perform from handoff.enrollments as e where e.student_id = v_student_id order by e.id for no key update nowait;
  perform from handoff.partner_events as e where e.receipt = p_receipt for no key update nowait;
end;
$_$;


ALTER FUNCTION handoff_private.lock_due_event(p_receipt uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION lock_due_event(p_receipt uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.lock_due_event(p_receipt uuid) IS 'Locks an event after what it may move, or raises lock_not_available (55P03) when somebody holds any of it.';


--
-- Name: lock_enrollment(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.lock_enrollment(p_enrollment_id uuid) RETURNS handoff.enrollments
    LANGUAGE plpgsql
    AS $$
declare
  v_enrollment handoff.enrollments;
begin
  select e.* into v_enrollment from handoff.enrollments as e where e.id = p_enrollment_id for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown enrollment',
      detail = jsonb_build_object('enrollment_id', p_enrollment_id)::text,
      hint = 'Give the id of an enrollment.';
  end if;
  return v_enrollment;
end;
$$;


ALTER FUNCTION handoff_private.lock_enrollment(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION lock_enrollment(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.lock_enrollment(p_enrollment_id uuid) IS 'The enrollment, locked: everything that moves one starts here. TH404 when there is none.';


--
-- Name: lock_enrollments_of(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.lock_enrollments_of(p_student_id uuid) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
  perform from handoff.profiles as p where p.id = p_student_id for no key update;
  perform from handoff.enrollments as e where e.student_id = p_student_id order by e.id for no key update;
  return found;
end;
$$;


ALTER FUNCTION handoff_private.lock_enrollments_of(p_student_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION lock_enrollments_of(p_student_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.lock_enrollments_of(p_student_id uuid) IS 'Locks a student''s profile and every enrollment, in order of id. False when there is none.';


--
-- Name: enrollment_steps; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.enrollment_steps (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    enrollment_id uuid NOT NULL,
    partner_slug text NOT NULL,
    sequence_order integer NOT NULL,
    course_ref text,
    status text DEFAULT 'pending'::text NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    partner_completed_at timestamp with time zone,
    external_enrollment_id text,
    failed_attempts integer DEFAULT 0 NOT NULL,
    progress_count integer DEFAULT 0 NOT NULL,
    CONSTRAINT enrollment_steps_counts_positive CHECK (((failed_attempts >= 0) AND (progress_count >= 0))),
    CONSTRAINT enrollment_steps_external_id_shape CHECK (((length(external_enrollment_id) >= 1) AND (length(external_enrollment_id) <= 255))),
    CONSTRAINT enrollment_steps_order_positive CHECK ((sequence_order > 0)),
    CONSTRAINT enrollment_steps_partner_time_of_completed CHECK (((partner_completed_at IS NULL) OR (status = 'completed'::text))),
    CONSTRAINT enrollment_steps_status_holds CHECK (
CASE status
    WHEN 'pending'::text THEN ((started_at IS NULL) AND (completed_at IS NULL))
    WHEN 'in_progress'::text THEN ((started_at IS NOT NULL) AND (completed_at IS NULL))
    WHEN 'completed'::text THEN (completed_at IS NOT NULL)
    WHEN 'failed'::text THEN ((started_at IS NOT NULL) AND (completed_at IS NULL))
    WHEN 'skipped'::text THEN (completed_at IS NULL)
    ELSE false
END),
    CONSTRAINT enrollment_steps_time_order CHECK ((completed_at >= started_at))
);

ALTER TABLE ONLY handoff.enrollment_steps FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.enrollment_steps OWNER TO handoff_owner;

--
-- Name: TABLE enrollment_steps; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.enrollment_steps IS 'The sequence that an enrollment was generated with; later edits of the program do not touch it. One step at most is in progress.';


--
-- Name: COLUMN enrollment_steps.course_ref; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.course_ref IS 'Copied from the mapping; null: any course of the partner completes the step.';


--
-- Name: COLUMN enrollment_steps.started_at; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.started_at IS 'By our clock. Null on a step that was completed early.';


--
-- Name: COLUMN enrollment_steps.completed_at; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.completed_at IS 'By our clock, never before started_at.';


--
-- Name: COLUMN enrollment_steps.partner_completed_at; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.partner_completed_at IS 'When the partner says it was completed; not ours, so not ordered.';


--
-- Name: COLUMN enrollment_steps.external_enrollment_id; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.external_enrollment_id IS 'The partner''s id of this enrollment.';


--
-- Name: COLUMN enrollment_steps.progress_count; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.enrollment_steps.progress_count IS 'Distinct parts that the partner has reported as done.';


--
-- Name: lock_step(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.lock_step(p_step_id uuid) RETURNS handoff.enrollment_steps
    LANGUAGE plpgsql
    AS $$
declare
  v_step handoff.enrollment_steps;
begin
  select s.* into v_step from handoff.enrollment_steps as s where s.id = p_step_id;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown step',
      detail = jsonb_build_object('step_id', p_step_id)::text,
      hint = 'Give the id of a step.';
  end if;
  perform handoff_private.lock_enrollment(v_step.enrollment_id);
  select s.* into v_step from handoff.enrollment_steps as s where s.id = p_step_id for no key update;
  return v_step;
end;
$$;


ALTER FUNCTION handoff_private.lock_step(p_step_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION lock_step(p_step_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.lock_step(p_step_id uuid) IS 'The step, locked after its enrollment. TH404 when there is none.';


--
-- Name: lock_student(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.lock_student(p_student_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform from handoff.profiles as p where p.id = p_student_id and p.role = 'student' for no key update;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown student',
      detail = jsonb_build_object('student_id', p_student_id)::text,
      hint = 'Give the id of a profile with the role student.';
  end if;
end;
$$;


ALTER FUNCTION handoff_private.lock_student(p_student_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION lock_student(p_student_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.lock_student(p_student_id uuid) IS 'Locks a student''s profile; TH404 when there is no such student.';


--
-- Name: mark_due(uuid[]); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.mark_due(p_receipts uuid[]) RETURNS void
    LANGUAGE sql
    AS $$
  with chosen as (
    select e.receipt
    from handoff.partner_events as e
    where e.receipt = any (p_receipts)
    order by e.position
    for no key update
  )
  update handoff.partner_events as e
  set due_at = handoff.clock()
  from chosen as c
  where e.receipt = c.receipt
$$;


ALTER FUNCTION handoff_private.mark_due(p_receipts uuid[]) OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_due(p_receipts uuid[]); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.mark_due(p_receipts uuid[]) IS 'Marks events as due to be tried again; one that was applied meanwhile is left alone then.';


--
-- Name: mark_due_of_event_type(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.mark_due_of_event_type() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' or old is distinct from new then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.partner_slug and e.event_type = new.event_type
        and e.reason in ('unknown_event_type', 'unmapped_course')
    ));
  end if;
  return null;
end;
$$;


ALTER FUNCTION handoff_private.mark_due_of_event_type() OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_due_of_event_type(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.mark_due_of_event_type() IS 'A new or changed event type makes the events due that were parked for want of it.';


--
-- Name: mark_due_of_mapping(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.mark_due_of_mapping() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' or old is distinct from new then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.partner_slug and e.reason in ('unmapped_course', 'no_enrollment')
        and exists (
          select
          from handoff.enrollments as n
          where n.student_id = e.student_id and n.program_slug = new.program_slug and n.status <> 'withdrawn'
        )
    ));
  end if;
  return null;
end;
$$;


ALTER FUNCTION handoff_private.mark_due_of_mapping() OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_due_of_mapping(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.mark_due_of_mapping() IS 'A new or changed mapping makes the events due that were parked for want of it.';


--
-- Name: mark_due_of_partner(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.mark_due_of_partner() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.status = 'active' and old.status <> 'active' then
    perform handoff_private.mark_due(array(
      select e.receipt
      from handoff.partner_events as e
      where e.status = 'parked' and e.partner_slug = new.slug and e.reason = 'partner_disabled'
    ));
  end if;
  return null;
end;
$$;


ALTER FUNCTION handoff_private.mark_due_of_partner() OWNER TO handoff_owner;

--
-- Name: FUNCTION mark_due_of_partner(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.mark_due_of_partner() IS 'A partner that is active again makes the events due that came meanwhile.';


--
-- Name: may_deliver(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.may_deliver(p_channel text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_role constant name := handoff_private.caller_role();
begin
  if p_channel <> 'webhook' then
    perform handoff_private.require_admin();
  end if;
  return case p_channel
    when 'webhook' then pg_has_role(v_role, 'handoff_webhook', 'usage')
    when 'csv' then pg_has_role(v_role, 'handoff_admin', 'usage') or pg_has_role(v_role, 'handoff_worker', 'usage')
    else pg_has_role(v_role, 'handoff_admin', 'usage')
  end or pg_has_role(v_role, 'handoff_owner', 'usage');
end;
$$;


ALTER FUNCTION handoff_private.may_deliver(p_channel text) OWNER TO handoff_owner;

--
-- Name: FUNCTION may_deliver(p_channel text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.may_deliver(p_channel text) IS 'Whether the calling role may deliver through this channel; the owner may through every one.';


--
-- Name: names_step_of_another(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.names_step_of_another(p_event handoff.partner_events) RETURNS boolean
    LANGUAGE sql STABLE
    AS $_$
  select coalesce(
    (
      select bool_and(e.student_id <> p_event.student_id)
      from handoff.enrollment_steps as s
      join handoff.enrollments as e on e.id = s.enrollment_id
      where s.partner_slug = p_event.partner_slug and s.external_enrollment_id = p_event.partner_enrollment_ref
    ),
    (
      select e.student_id <> p_event.student_id or s.partner_slug <> p_event.partner_slug
      from handoff.enrollment_steps as s
      join handoff.enrollments as e on e.id = s.enrollment_id
      where s.id = case
        when p_event.partner_enrollment_ref ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then p_event.partner_enrollment_ref::uuid
      end
    ),
    false
  )
$_$;


ALTER FUNCTION handoff_private.names_step_of_another(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION names_step_of_another(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.names_step_of_another(p_event handoff.partner_events) IS 'True when the enrollment that the event names is known, and is another student''s or another partner''s.';


--
-- Name: new_certificate_number(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.new_certificate_number() RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  v_text     text;
  v_check    text;
begin
  loop
    select string_agg(substr(v_alphabet, get_byte(r.bytes, g.place) % 32 + 1, 1), '' order by g.place)
    into v_text
    from (select sha256(uuid_send(gen_random_uuid())) as bytes) as r
    cross join generate_series(0, 15) as g (place);
    v_check := handoff_private.check_character(v_text);
    exit when strpos(v_alphabet, v_check) > 0;
  end loop;
  return regexp_replace(v_text, '(.{4})', '\1-', 'g') || v_check;
end;
$$;


ALTER FUNCTION handoff_private.new_certificate_number() OWNER TO handoff_owner;

--
-- Name: FUNCTION new_certificate_number(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.new_certificate_number() IS 'A new number: 16 random characters in groups of four, and a check character.';


--
-- Name: normal_certificate_number(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.normal_certificate_number(p_number text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select regexp_replace(
    translate(regexp_replace(upper(left(p_number, 100)), '[[:space:]-]', '', 'g'), 'OIL', '011'), '(.{4})(?=.)', '\1-', 'g'
  )
$$;


ALTER FUNCTION handoff_private.normal_certificate_number(p_number text) OWNER TO handoff_owner;

--
-- Name: FUNCTION normal_certificate_number(p_number text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.normal_certificate_number(p_number text) IS 'A number as typed, in the form in which it is stored.';


--
-- Name: note_replay(text, integer, uuid, text, text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.note_replay(p_act text, p_events integer, p_receipt uuid DEFAULT NULL::uuid, p_partner_slug text DEFAULT NULL::text, p_status text DEFAULT NULL::text, p_reason text DEFAULT NULL::text) RETURNS void
    LANGUAGE sql
    AS $$
  insert into handoff.event_replays (
    occurred_at, act, of_partner, of_status, of_reason, receipt, events, actor_role, actor_id
  )
  values (
    handoff.clock(), p_act, p_partner_slug, p_status, p_reason, p_receipt, p_events,
    handoff_private.caller_role(), handoff_private.acting_person()
  )
$$;


ALTER FUNCTION handoff_private.note_replay(p_act text, p_events integer, p_receipt uuid, p_partner_slug text, p_status text, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION note_replay(p_act text, p_events integer, p_receipt uuid, p_partner_slug text, p_status text, p_reason text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.note_replay(p_act text, p_events integer, p_receipt uuid, p_partner_slug text, p_status text, p_reason text) IS 'Writes down who had events tried again, or stopped it.';


--
-- Name: outcome_on_done_step(handoff.partner_events, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.outcome_on_done_step(p_event handoff.partner_events, p_step_status text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select case
    when p_event.meaning = 'acknowledgement' then 'accepted:acknowledged'
    when p_event.meaning = 'evidence' then 'accepted:evidence'
    when p_event.meaning = 'progress' then 'ignored:stale_progress'
    when not coalesce(p_event.passed, true) then 'ignored:late_failure'
    when p_step_status = 'skipped' then 'accepted:evidence'
    else 'ignored:already_completed'
  end
$$;


ALTER FUNCTION handoff_private.outcome_on_done_step(p_event handoff.partner_events, p_step_status text) OWNER TO handoff_owner;

--
-- Name: FUNCTION outcome_on_done_step(p_event handoff.partner_events, p_step_status text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.outcome_on_done_step(p_event handoff.partner_events, p_step_status text) IS 'status:reason of an event whose step is completed or skipped: nothing goes backwards.';


--
-- Name: outcome_on_open_step(handoff.partner_events, uuid, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select case
    when p_event.meaning = 'acknowledgement' then 'accepted:acknowledged'
    when p_event.meaning = 'evidence' then 'accepted:evidence'
    when p_event.meaning = 'progress' and handoff_private.is_known_progress(p_event, p_step_id) then 'ignored:stale_progress'
    when p_event.meaning = 'progress' then 'accepted:progress'
    when not coalesce(p_event.passed, true) then 'accepted:attempt_failed'
    when p_step_status = 'pending' then 'accepted:completed_early'
    else 'accepted:completed'
  end
$$;


ALTER FUNCTION handoff_private.outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text) OWNER TO handoff_owner;

--
-- Name: FUNCTION outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text) IS 'status:reason of an event whose step is pending, in progress or failed.';


--
-- Name: parse_body(bytea); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.parse_body(p_body bytea) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_text text;
  v_doc  jsonb;
begin
  v_text := convert_from(p_body, 'UTF8');
  v_doc := v_text::jsonb;
  if handoff_private.is_plain_object(v_text, v_doc::text) or handoff_private.body_fault(p_body) is null then
    return jsonb_strip_nulls(v_doc);
  end if;
  return null;
exception
  when data_exception or program_limit_exceeded then
    return null;
end;
$$;


ALTER FUNCTION handoff_private.parse_body(p_body bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION parse_body(p_body bytea); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.parse_body(p_body bytea) IS 'The JSON object in a raw body, without members that are null; null when there is none that can be trusted.';


--
-- Name: programs; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.programs (
    slug text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    requires_approval boolean DEFAULT false NOT NULL,
    is_open boolean DEFAULT true NOT NULL,
    CONSTRAINT programs_name_shape CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 200)))),
    CONSTRAINT programs_slug_shape CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

ALTER TABLE ONLY handoff.programs FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.programs OWNER TO handoff_owner;

--
-- Name: TABLE programs; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.programs IS 'A program that students enroll in; its steps come from program_partners.';


--
-- Name: COLUMN programs.requires_approval; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.programs.requires_approval IS 'An enrollment waits for an admin before its steps are made.';


--
-- Name: COLUMN programs.is_open; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.programs.is_open IS 'False: nobody new can enroll; who is in goes on.';


--
-- Name: program_to_enroll_in(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.program_to_enroll_in(p_program_slug text) RETURNS handoff.programs
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_program handoff.programs;
begin
  select p.* into v_program from handoff.programs as p where p.slug = p_program_slug;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown program',
      detail = jsonb_build_object('program', p_program_slug)::text,
      hint = 'Give the slug of a program.';
  end if;
  if not exists (
    select from handoff.program_partners as m where m.program_slug = p_program_slug and m.is_required
  ) then
    perform handoff_private.refuse_unconfigured(p_program_slug);
  end if;
  return v_program;
end;
$$;


ALTER FUNCTION handoff_private.program_to_enroll_in(p_program_slug text) OWNER TO handoff_owner;

--
-- Name: FUNCTION program_to_enroll_in(p_program_slug text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.program_to_enroll_in(p_program_slug text) IS 'The program, when it exists (TH404) and leads somewhere (TH422).';


--
-- Name: read_event(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.read_event(p_event handoff.partner_events) RETURNS handoff.partner_events
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events := p_event;
  v_doc   constant jsonb := handoff_private.parse_body(p_event.body);
  v_time  constant timestamptz := handoff_private.time_of(v_doc -> 'completed_at');
  v_known record;
begin
  select
    p.status as partner_status, a.student_id, t.meaning, t.item_field, t.pass_field, t.result_field,
    case
      when v_doc is null then handoff_private.body_fault(p_event.body)
      when (v_time is null and v_doc ? 'completed_at') or handoff_private.has_plain_fields(v_doc, t) is not true then handoff_private.field_fault(v_doc, t)
    end as fault
  into v_known
  from handoff.partners as p
  left join handoff.partner_event_types as t on t.partner_slug = p.slug and t.event_type = v_doc ->> 'event'
  left join handoff.partner_accounts as a on a.partner_slug = p.slug and a.external_student_id = v_doc ->> 'student_id'
  where p.slug = p_event.partner_slug;
  if p_event.status is not null then
    v_event.error_code := null;
    v_event.student_id := null;
    v_event.enrollment_id := null;
    v_event.step_id := null;
  elsif v_known.partner_status is null or v_known.partner_status = 'retired' then
    perform handoff_private.refuse_sender(p_event.partner_slug, v_known.partner_status);
  end if;
  if v_known.fault is not null then
    v_event.status := 'rejected';
    v_event.reason := v_known.fault;
    return v_event;
  end if;
  v_event.event_type := v_doc ->> 'event';
  v_event.meaning := v_known.meaning;
  if v_event.meaning = 'test' then
    v_event.status := 'ignored';
    v_event.reason := 'test_event';
    return v_event;
  end if;
  v_event.external_student_id := v_doc ->> 'student_id';
  v_event.partner_enrollment_ref := v_doc ->> 'enrollment_id';
  v_event.partner_completed_at := v_time;
  v_event.item_ref := v_doc ->> v_known.item_field;
  v_event.passed := (v_doc ->> v_known.pass_field)::boolean;
  v_event.result := v_doc ->> v_known.result_field;
  v_event.student_id := v_known.student_id;
  v_event.reason := case
    when v_known.partner_status <> 'active' then 'partner_disabled'
    when v_known.meaning is null then 'unknown_event_type'
  end;
  if v_event.reason is null and v_event.student_id is null then
    v_event.student_id := handoff_private.student_of_account(p_event.partner_slug, v_event.external_student_id);
    v_event.reason := case when v_event.student_id is null then 'unknown_student' end;
  end if;
  v_event.status := case when v_event.reason is null then 'received' else 'parked' end;
  return v_event;
end;
$$;


ALTER FUNCTION handoff_private.read_event(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION read_event(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.read_event(p_event handoff.partner_events) IS 'The event with the fields of its body and its student: received, or rejected, ignored or parked with the reason. TH404, TH410 for a new one whose partner is unknown or retired.';


--
-- Name: receipt_of(handoff.partner_events, text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.receipt_of(p_event handoff.partner_events, p_status text, p_reason text) RETURNS handoff.event_receipt
    LANGUAGE sql STABLE
    AS $$
  select
    p_event.receipt,
    p_status,
    p_reason,
    p_event.enrollment_id,
    p_event.step_id,
    (
      select t.step_id
      from handoff.step_transitions as t
      where t.event_receipt = p_event.receipt and t.to_status = 'in_progress'
    )
$$;


ALTER FUNCTION handoff_private.receipt_of(p_event handoff.partner_events, p_status text, p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION receipt_of(p_event handoff.partner_events, p_status text, p_reason text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.receipt_of(p_event handoff.partner_events, p_status text, p_reason text) IS 'The answer for an event that was decided before.';


--
-- Name: receive_again(text, text, bytea, text, jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) RETURNS handoff.event_receipt
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events;
begin
  select e.*
  into strict v_event
  from handoff.partner_events as e
  where e.partner_slug = p_partner_slug and e.event_key = p_event_key
  order by e.repetition desc
  limit 1;
  if v_event.body_sha256 <> sha256(p_body) then
    return handoff_private.keep_conflict(v_event, p_body, p_channel, p_context);
  elsif p_event_key = encode(v_event.body_sha256, 'hex') and v_event.status in ('accepted', 'ignored')
    and handoff_private.would_complete(v_event, p_body)
  then
    return handoff_private.keep_possible_repeat(v_event, p_body, p_channel, p_context);
  end if;
  update handoff.partner_events as e
  set seen = e.seen + 1, last_seen_at = greatest(handoff.clock(), e.last_seen_at)
  where e.receipt = v_event.receipt;
  return handoff_private.receipt_of(v_event, 'duplicate', v_event.first_outcome);
end;
$$;


ALTER FUNCTION handoff_private.receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) IS 'A delivery under a known key: a duplicate, a conflict when the body is another, or a possible repeat.';


--
-- Name: record_enrollment_transition(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.record_enrollment_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_act handoff_private.act;
begin
  -- As in record_step_transition.
  if old.status = new.status then
    return null;
  end if;
  v_act := handoff_private.current_act();
  if new.status = 'completed' and v_act.cause <> 'direct' then
    v_act.cause := 'all_steps_done';
  end if;
  insert into handoff.step_transitions (
    occurred_at, enrollment_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id
  )
  values (
    handoff.clock(), new.id, old.status, new.status, v_act.cause, v_act.reason, v_act.event_receipt,
    v_act.actor_role, v_act.actor_id
  );
  return null;
end;
$$;


ALTER FUNCTION handoff_private.record_enrollment_transition() OWNER TO handoff_owner;

--
-- Name: FUNCTION record_enrollment_transition(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.record_enrollment_transition() IS 'Writes each new status of an enrollment to the audit trail.';


--
-- Name: record_step_transition(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.record_step_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_act handoff_private.act;
begin
  -- Asked here: a WHEN clause is read anew for every statement, and costs more than this. A new row has no old status.
  if old.status = new.status or (current_user = 'handoff_owner' and current_setting('handoff.act', true) = 'kept') then
    return null;
  end if;
  v_act := handoff_private.current_act();
  if old.status = 'pending' and new.status = 'in_progress' and v_act.cause <> 'direct' then
    v_act.cause := 'advanced';
  end if;
  insert into handoff.step_transitions (
    occurred_at, enrollment_id, step_id, from_status, to_status, cause, reason, event_receipt, actor_role, actor_id
  )
  values (
    handoff.clock(), new.enrollment_id, new.id, old.status, new.status, v_act.cause, v_act.reason, v_act.event_receipt,
    v_act.actor_role, v_act.actor_id
  );
  return null;
end;
$$;


ALTER FUNCTION handoff_private.record_step_transition() OWNER TO handoff_owner;

--
-- Name: FUNCTION record_step_transition(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.record_step_transition() IS 'Writes each new status of a step to the audit trail.';


--
-- Name: refuse_change(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception using
    errcode = 'TH405',
    message = 'append-only table',
    detail = jsonb_build_object('table', tg_table_name, 'command', tg_op)::text,
    hint = 'History is not changed. Act through a function; the act is added to the trail.';
end;
$$;


ALTER FUNCTION handoff_private.refuse_change() OWNER TO handoff_owner;

--
-- Name: FUNCTION refuse_change(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.refuse_change() IS 'Makes a table append-only for every role, superusers included.';


--
-- Name: refuse_sender(text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.refuse_sender(p_partner_slug text, p_partner_status text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if p_partner_status is null then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  elsif p_partner_status = 'retired' then
    raise exception using
      errcode = 'TH410',
      message = 'partner is retired',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Stop sending; nothing is stored.';
  end if;
end;
$$;


ALTER FUNCTION handoff_private.refuse_sender(p_partner_slug text, p_partner_status text) OWNER TO handoff_owner;

--
-- Name: FUNCTION refuse_sender(p_partner_slug text, p_partner_status text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.refuse_sender(p_partner_slug text, p_partner_status text) IS 'TH404 for a partner that has no row, TH410 for a retired one.';


--
-- Name: refuse_state(text, uuid, text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.refuse_state(p_what text, p_id uuid, p_status text, p_hint text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  raise exception using
    errcode = 'TH409',
    message = 'not possible in this state',
    detail = jsonb_build_object(p_what || '_id', p_id, 'status', p_status)::text,
    hint = p_hint;
end;
$$;


ALTER FUNCTION handoff_private.refuse_state(p_what text, p_id uuid, p_status text, p_hint text) OWNER TO handoff_owner;

--
-- Name: FUNCTION refuse_state(p_what text, p_id uuid, p_status text, p_hint text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.refuse_state(p_what text, p_id uuid, p_status text, p_hint text) IS 'Raises TH409: what was asked makes no sense in the present status.';


--
-- Name: refuse_unconfigured(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.refuse_unconfigured(p_program_slug text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  raise exception using
    errcode = 'TH422',
    message = 'program has no required partner',
    detail = jsonb_build_object('program', p_program_slug)::text,
    hint = 'Insert its rows into handoff.program_partners; seeds/check_program_config.sql shows what is missing.';
end;
$$;


ALTER FUNCTION handoff_private.refuse_unconfigured(p_program_slug text) OWNER TO handoff_owner;

--
-- Name: FUNCTION refuse_unconfigured(p_program_slug text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.refuse_unconfigured(p_program_slug text) IS 'Raises TH422: a program that leads nowhere takes no enrollment.';


--
-- Name: require_account(text, text, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    AS $$
begin
  if not coalesce(handoff_private.is_name(to_jsonb(p_external_student_id), 255), false) then
    raise exception using
      errcode = 'TH400',
      message = 'malformed account',
      detail = '{"argument": "p_external_student_id"}',
      hint = 'Give the partner''s id of the student, 1 to 255 characters, without space around it.';
  elsif not exists (select from handoff.partners as p where p.slug = p_partner_slug) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  elsif not exists (select from handoff.profiles as p where p.id = p_student_id and p.role = 'student') then
    raise exception using
      errcode = 'TH404',
      message = 'unknown student',
      detail = jsonb_build_object('student_id', p_student_id)::text,
      hint = 'Give the id of a profile with the role student.';
  end if;
end;
$$;


ALTER FUNCTION handoff_private.require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) IS 'TH400 or TH404 unless partner, account and student can be linked.';


--
-- Name: require_admin(); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.require_admin() RETURNS void
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_has_claims constant boolean := coalesce(current_setting('request.jwt.claims', true), '') <> '';
  v_caller     constant uuid := handoff.caller_id();
begin
  if v_has_claims and not exists (select from handoff.profiles as p where p.id = v_caller and p.role = 'admin') then
    raise exception using
      errcode = 'TH403',
      message = 'not an admin',
      detail = jsonb_build_object('profile_id', v_caller)::text,
      hint = 'Sign in as an admin.';
  end if;
end;
$$;


ALTER FUNCTION handoff_private.require_admin() OWNER TO handoff_owner;

--
-- Name: FUNCTION require_admin(); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.require_admin() IS 'Claims, where there are any, must be those of an admin: the role alone does not make one. TH403 otherwise, and for claims that name nobody.';


--
-- Name: require_reason(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.require_reason(p_reason text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if coalesce(btrim(p_reason), '') = '' or length(p_reason) > 1000 then
    raise exception using
      errcode = 'TH400',
      message = 'a reason is needed',
      detail = '{"argument": "p_reason"}',
      hint = 'Say why, in 1 to 1000 characters; it is kept in the audit trail.';
  end if;
  return btrim(p_reason);
end;
$$;


ALTER FUNCTION handoff_private.require_reason(p_reason text) OWNER TO handoff_owner;

--
-- Name: FUNCTION require_reason(p_reason text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.require_reason(p_reason text) IS 'The reason of an admin''s act, trimmed; TH400 when there is none.';


--
-- Name: require_step_of_event(handoff.partner_events, uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.require_step_of_event(p_event handoff.partner_events, p_step_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_step record;
begin
  select s.partner_slug, s.status, e.student_id, e.status as enrollment_status
  into v_step
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  where s.id = p_step_id;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown step',
      detail = jsonb_build_object('step_id', p_step_id)::text,
      hint = 'Give the id of a step.';
  elsif v_step.partner_slug <> p_event.partner_slug or p_event.external_student_id is null
    or v_step.student_id is distinct from
      handoff_private.student_of_account(p_event.partner_slug, p_event.external_student_id)
  then
    raise exception using
      errcode = 'TH403',
      message = 'step of another partner or student',
      detail = jsonb_build_object('receipt', p_event.receipt, 'step_id', p_step_id)::text,
      hint = 'Link the partner''s account to the student first, or choose a step of this partner and student.';
  elsif v_step.enrollment_status = 'on_hold' and v_step.status not in ('completed', 'skipped') then
    perform handoff_private.refuse_state('step', p_step_id, v_step.status, 'Resume the enrollment first.');
  end if;
end;
$$;


ALTER FUNCTION handoff_private.require_step_of_event(p_event handoff.partner_events, p_step_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION require_step_of_event(p_event handoff.partner_events, p_step_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.require_step_of_event(p_event handoff.partner_events, p_step_id uuid) IS 'TH403 unless the step belongs to the partner and the student of the event; TH404 when there is none, TH409 open but on hold.';


--
-- Name: step_in_progress(uuid); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.step_in_progress(p_enrollment_id uuid) RETURNS uuid
    LANGUAGE sql STABLE
    AS $$
  select s.id from handoff.enrollment_steps as s where s.enrollment_id = p_enrollment_id and s.status = 'in_progress'
$$;


ALTER FUNCTION handoff_private.step_in_progress(p_enrollment_id uuid) OWNER TO handoff_owner;

--
-- Name: FUNCTION step_in_progress(p_enrollment_id uuid); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.step_in_progress(p_enrollment_id uuid) IS 'The step in progress, or null.';


--
-- Name: store_event(handoff.partner_events, boolean); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.store_event(p_event handoff.partner_events, p_is_new boolean) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
  if not p_is_new then
    perform handoff_private.store_outcome(p_event);
    return true;
  end if;
  insert into handoff.partner_events (
    receipt, partner_slug, event_key, repetition, channel, context, body, body_sha256, received_at, last_seen_at, status,
    reason, first_outcome, error_code, event_type, meaning, external_student_id, item_ref, partner_enrollment_ref,
    partner_completed_at, passed, result, student_id, enrollment_id, step_id
  )
  values (
    p_event.receipt, p_event.partner_slug, p_event.event_key, p_event.repetition, p_event.channel, p_event.context,
    p_event.body, sha256(p_event.body), p_event.received_at, p_event.received_at, p_event.status,
    p_event.reason, p_event.status || ':' || p_event.reason, p_event.error_code, p_event.event_type,
    p_event.meaning, p_event.external_student_id, p_event.item_ref, p_event.partner_enrollment_ref,
    p_event.partner_completed_at, p_event.passed, p_event.result, p_event.student_id, p_event.enrollment_id, p_event.step_id
  )
  on conflict (partner_slug, event_key, repetition) do nothing;
  return found;
end;
$$;


ALTER FUNCTION handoff_private.store_event(p_event handoff.partner_events, p_is_new boolean) OWNER TO handoff_owner;

--
-- Name: FUNCTION store_event(p_event handoff.partner_events, p_is_new boolean); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.store_event(p_event handoff.partner_events, p_is_new boolean) IS 'Writes the event with its outcome: a new row, or over the one it has. False: it is new and its key is taken.';


--
-- Name: store_outcome(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.store_outcome(p_event handoff.partner_events) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  update handoff.partner_events as e
  set
    status = p_event.status,
    reason = p_event.reason,
    first_outcome = coalesce(e.first_outcome, p_event.status || ':' || p_event.reason),
    error_code = p_event.error_code,
    event_type = p_event.event_type,
    meaning = p_event.meaning,
    external_student_id = p_event.external_student_id,
    item_ref = p_event.item_ref,
    partner_enrollment_ref = p_event.partner_enrollment_ref,
    partner_completed_at = p_event.partner_completed_at,
    passed = p_event.passed,
    result = p_event.result,
    student_id = p_event.student_id,
    enrollment_id = p_event.enrollment_id,
    step_id = p_event.step_id
  where e.receipt = p_event.receipt;
end;
$$;


ALTER FUNCTION handoff_private.store_outcome(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION store_outcome(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.store_outcome(p_event handoff.partner_events) IS 'Writes what was read and decided to the event''s row; the first outcome stays.';


--
-- Name: student_of_account(text, text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.student_of_account(p_partner_slug text, p_external_student_id text) RETURNS uuid
    LANGUAGE plpgsql
    AS $_$
declare
  v_student_id uuid;
begin
  select a.student_id
  into v_student_id
  from handoff.partner_accounts as a
  where a.partner_slug = p_partner_slug and a.external_student_id = p_external_student_id;
  if v_student_id is null and p_external_student_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select p.id
    into v_student_id
    from handoff.profiles as p
    where p.id = p_external_student_id::uuid and p.role = 'student';
  end if;
  if v_student_id is null then
    insert into handoff.partner_accounts (partner_slug, external_student_id)
    values (p_partner_slug, p_external_student_id)
    on conflict (partner_slug, external_student_id) do nothing;
    select a.student_id
    into strict v_student_id
    from handoff.partner_accounts as a
    where a.partner_slug = p_partner_slug and a.external_student_id = p_external_student_id
    for no key update;
  end if;
  return v_student_id;
end;
$_$;


ALTER FUNCTION handoff_private.student_of_account(p_partner_slug text, p_external_student_id text) OWNER TO handoff_owner;

--
-- Name: FUNCTION student_of_account(p_partner_slug text, p_external_student_id text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.student_of_account(p_partner_slug text, p_external_student_id text) IS 'The student whom the partner calls so, by account or by our own profile id; null when nobody is linked yet.';


--
-- Name: targets_of_event(handoff.partner_events); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.targets_of_event(p_event handoff.partner_events) RETURNS TABLE(enrollment_id uuid, enrollment_status text, enrolled_at timestamp with time zone, step_id uuid, step_status text, is_named boolean, closed timestamp with time zone, is_course boolean, is_done boolean, is_ambiguous boolean)
    LANGUAGE sql STABLE
    AS $$
  select
    e.id,
    e.status,
    e.enrolled_at,
    t.step_id,
    t.status,
    t.is_named,
    case when e.status in ('completed', 'withdrawn') then e.enrolled_at end,
    coalesce(t.course_ref = p_event.item_ref, false),
    t.status in ('completed', 'skipped'),
    false
  from handoff.enrollments as e
  cross join lateral (
    select
      s.id, s.status, s.course_ref,
      coalesce(p_event.partner_enrollment_ref = s.external_enrollment_id or lower(p_event.partner_enrollment_ref) = s.id::text, false)
    from handoff.enrollment_steps as s
    where s.enrollment_id = e.id and s.partner_slug = p_event.partner_slug
    union all
    select null, 'pending', m.course_ref, false
    from handoff.program_partners as m
    where e.status = 'pending' and m.program_slug = e.program_slug and m.partner_slug = p_event.partner_slug and m.is_required
  ) as t (step_id, status, course_ref, is_named)
  where e.student_id = p_event.student_id
    and (t.course_ref is null or p_event.item_ref is null or p_event.meaning = 'progress' or t.course_ref = p_event.item_ref)
$$;


ALTER FUNCTION handoff_private.targets_of_event(p_event handoff.partner_events) OWNER TO handoff_owner;

--
-- Name: FUNCTION targets_of_event(p_event handoff.partner_events); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.targets_of_event(p_event handoff.partner_events) IS 'Every step of the student that the event could mean, done ones included; step_id is null where approval is awaited.';


--
-- Name: time_of(jsonb); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.time_of(p_value jsonb) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT
    AS $_$
declare
  v_text constant text := p_value #>> '{}';
begin
  if translate(v_text, '123456789', '000000000') not in ('0000-00-00T00:00:00Z', '0000-00-00T00:00:00+00:00')
    and v_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$'
    or substr(v_text, 12, 2) = '24'
  then
    return null;
  end if;
  return v_text::timestamptz;
exception
  when data_exception then
    return null;
end;
$_$;


ALTER FUNCTION handoff_private.time_of(p_value jsonb) OWNER TO handoff_owner;

--
-- Name: FUNCTION time_of(p_value jsonb); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.time_of(p_value jsonb) IS 'The time that a JSON string says as RFC 3339 does, with its zone; null when it says none, or one that does not exist.';


--
-- Name: without_strings(text); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.without_strings(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$ select regexp_replace(p_text, '"([^"\\]|\\.)*"', '""', 'g') $$;


ALTER FUNCTION handoff_private.without_strings(p_text text) OWNER TO handoff_owner;

--
-- Name: FUNCTION without_strings(p_text text); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.without_strings(p_text text) IS 'A JSON text with every string emptied, so that its brackets and numbers are all there is.';


--
-- Name: would_complete(handoff.partner_events, bytea); Type: FUNCTION; Schema: handoff_private; Owner: handoff_owner
--

CREATE FUNCTION handoff_private.would_complete(p_event handoff.partner_events, p_body bytea) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_event handoff.partner_events := p_event;
begin
  -- The body of the event itself may be dropped by now.
  v_event.body := p_body;
  v_event.received_at := handoff.clock();
  v_event := handoff_private.decide_event(handoff_private.read_event(v_event));
  return v_event.meaning = 'completion' and coalesce(v_event.passed, true)
    and v_event.reason in ('completed', 'completed_early', 'ambiguous', 'awaiting_approval', 'on_hold');
end;
$$;


ALTER FUNCTION handoff_private.would_complete(p_event handoff.partner_events, p_body bytea) OWNER TO handoff_owner;

--
-- Name: FUNCTION would_complete(p_event handoff.partner_events, p_body bytea); Type: COMMENT; Schema: handoff_private; Owner: handoff_owner
--

COMMENT ON FUNCTION handoff_private.would_complete(p_event handoff.partner_events, p_body bytea) IS 'True when the body, delivered anew, would complete an open step of its student, at once or later.';


--
-- Name: certificates; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.certificates (
    number text NOT NULL,
    enrollment_id uuid NOT NULL,
    student_id uuid NOT NULL,
    student_name text NOT NULL,
    program_slug text NOT NULL,
    program_name text NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    partners jsonb NOT NULL,
    CONSTRAINT certificates_number_shape CHECK ((number ~ '^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$'::text)),
    CONSTRAINT certificates_partners_named CHECK (((jsonb_typeof(partners) = 'array'::text) AND (jsonb_array_length(partners) > 0))),
    CONSTRAINT certificates_time_order CHECK (((completed_at >= enrolled_at) AND (issued_at >= completed_at)))
);

ALTER TABLE ONLY handoff.certificates FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.certificates OWNER TO handoff_owner;

--
-- Name: TABLE certificates; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.certificates IS 'Facts of the day of issue: later edits of profile, program or partner do not change them.';


--
-- Name: COLUMN certificates.number; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.certificates.number IS '16 random characters of Crockford''s base 32, and an ISO 7064 MOD 37-2 check character of the same.';


--
-- Name: COLUMN certificates.partners; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.certificates.partners IS 'The completed steps in order: [{"partner": name, "completed_at": time}].';


--
-- Name: event_replays; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.event_replays (
    id bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    act text NOT NULL,
    of_partner text,
    of_status text,
    of_reason text,
    receipt uuid,
    events integer NOT NULL,
    actor_role text NOT NULL,
    actor_id uuid,
    CONSTRAINT event_replays_act_known CHECK ((act = ANY (ARRAY['marked'::text, 'stopped'::text, 'replayed'::text]))),
    CONSTRAINT event_replays_one_names_event CHECK (((act = 'replayed'::text) = (receipt IS NOT NULL)))
);

ALTER TABLE ONLY handoff.event_replays FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.event_replays OWNER TO handoff_owner;

--
-- Name: TABLE event_replays; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.event_replays IS 'Who had events tried again, also where nothing came of it; append-only. What came of it is in step_transitions.';


--
-- Name: COLUMN event_replays.act; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.event_replays.act IS 'marked: many, by a filter; stopped: those still due were left parked; replayed: one.';


--
-- Name: COLUMN event_replays.of_partner; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.event_replays.of_partner IS 'The filter as it was given; null: every partner.';


--
-- Name: COLUMN event_replays.events; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.event_replays.events IS 'How many it was about.';


--
-- Name: event_replays_id_seq; Type: SEQUENCE; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.event_replays ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME handoff.event_replays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: partner_accounts; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.partner_accounts (
    partner_slug text NOT NULL,
    external_student_id text NOT NULL,
    student_id uuid,
    linked_at timestamp with time zone,
    CONSTRAINT partner_accounts_external_id_shape CHECK ((((length(external_student_id) >= 1) AND (length(external_student_id) <= 255)) AND (external_student_id !~ '[[:cntrl:]]'::text))),
    CONSTRAINT partner_accounts_linked_in_full CHECK (((student_id IS NULL) = (linked_at IS NULL)))
);

ALTER TABLE ONLY handoff.partner_accounts FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.partner_accounts OWNER TO handoff_owner;

--
-- Name: TABLE partner_accounts; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.partner_accounts IS 'A partner''s id of a student. A link is never moved to another student.';


--
-- Name: COLUMN partner_accounts.student_id; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_accounts.student_id IS 'Null: an event named an account that nobody knows yet. The row is what the event and the link both lock.';


--
-- Name: partner_event_conflicts; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.partner_event_conflicts (
    receipt uuid NOT NULL,
    body_sha256 bytea NOT NULL,
    body bytea,
    channel text NOT NULL,
    context jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seen integer DEFAULT 1 NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    CONSTRAINT partner_event_conflicts_hash_size CHECK ((octet_length(body_sha256) = 32))
);

ALTER TABLE ONLY handoff.partner_event_conflicts FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.partner_event_conflicts OWNER TO handoff_owner;

--
-- Name: TABLE partner_event_conflicts; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.partner_event_conflicts IS 'A delivery under a known key with another body: kept apart, never applied.';


--
-- Name: COLUMN partner_event_conflicts.receipt; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partner_event_conflicts.receipt IS 'The event that has the key.';


--
-- Name: partner_events_position_seq; Type: SEQUENCE; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partner_events ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME handoff.partner_events_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: partners; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.partners (
    slug text NOT NULL,
    name text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    signature_scheme text DEFAULT 'standard'::text NOT NULL,
    launch_url text,
    support_email text,
    stuck_after_days integer DEFAULT 7 NOT NULL,
    CONSTRAINT partners_launch_url_https CHECK ((launch_url ~ '^https://[^[:space:]]+$'::text)),
    CONSTRAINT partners_name_shape CHECK (((name = btrim(name)) AND ((length(name) >= 1) AND (length(name) <= 200)))),
    CONSTRAINT partners_signature_scheme_known CHECK ((signature_scheme = ANY (ARRAY['standard'::text, 'hmac-sha256'::text, 'shared-secret'::text]))),
    CONSTRAINT partners_slug_shape CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT partners_status_known CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'retired'::text]))),
    CONSTRAINT partners_stuck_after_days_positive CHECK ((stuck_after_days > 0))
);

ALTER TABLE ONLY handoff.partners FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.partners OWNER TO handoff_owner;

--
-- Name: TABLE partners; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.partners IS 'A training partner. A new one is rows here and in partner_event_types, no code.';


--
-- Name: COLUMN partners.status; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partners.status IS 'disabled: events are kept but not applied; retired: events are refused.';


--
-- Name: COLUMN partners.signature_scheme; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partners.signature_scheme IS 'How its webhooks are signed; see docs/webhooks.md.';


--
-- Name: COLUMN partners.launch_url; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partners.launch_url IS 'Where a student signs in to train.';


--
-- Name: COLUMN partners.stuck_after_days; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.partners.stuck_after_days IS 'A step in progress for longer than this many days is shown as stuck.';


--
-- Name: profiles; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    full_name text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT profiles_email_shape CHECK (((email = lower(email)) AND (length(email) <= 254) AND (email ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$'::text))),
    CONSTRAINT profiles_full_name_shape CHECK (((full_name = btrim(full_name)) AND ((length(full_name) >= 1) AND (length(full_name) <= 200)) AND (full_name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT profiles_role_known CHECK ((role = ANY (ARRAY['student'::text, 'admin'::text])))
);

ALTER TABLE ONLY handoff.profiles FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.profiles OWNER TO handoff_owner;

--
-- Name: TABLE profiles; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.profiles IS 'A person: a student or an admin. Erased by anonymising, never by deleting: the audit trail points here.';


--
-- Name: COLUMN profiles.email; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.profiles.email IS 'Lower case; the one identity of a person, and where the sign-in link goes.';


--
-- Name: program_partners; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.program_partners (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    program_slug text NOT NULL,
    partner_slug text NOT NULL,
    sequence_order integer NOT NULL,
    is_required boolean DEFAULT true NOT NULL,
    course_ref text,
    CONSTRAINT program_partners_course_ref_shape CHECK ((((length(course_ref) >= 1) AND (length(course_ref) <= 255)) AND (course_ref !~ '[[:cntrl:]]'::text))),
    CONSTRAINT program_partners_order_positive CHECK ((sequence_order > 0))
);

ALTER TABLE ONLY handoff.program_partners FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.program_partners OWNER TO handoff_owner;

--
-- Name: TABLE program_partners; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.program_partners IS 'Which partners a program goes through, in order. Enrollments copy it when their steps are made.';


--
-- Name: COLUMN program_partners.is_required; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.program_partners.is_required IS 'False: makes no step; an event for it is kept as evidence.';


--
-- Name: COLUMN program_partners.course_ref; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.program_partners.course_ref IS 'The partner''s name of the course; null matches any course of the partner.';


--
-- Name: sessions; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.sessions (
    session_hash bytea NOT NULL,
    profile_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_hash_size CHECK ((octet_length(session_hash) = 32)),
    CONSTRAINT sessions_time_order CHECK ((expires_at > created_at))
);

ALTER TABLE ONLY handoff.sessions FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.sessions OWNER TO handoff_owner;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.sessions IS 'Who is signed in; an SHA-256 of each cookie.';


--
-- Name: sign_in_links; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.sign_in_links (
    token_hash bytea NOT NULL,
    profile_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_links_hash_size CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT sign_in_links_time_order CHECK (((expires_at > created_at) AND (used_at >= created_at)))
);

ALTER TABLE ONLY handoff.sign_in_links FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.sign_in_links OWNER TO handoff_owner;

--
-- Name: TABLE sign_in_links; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.sign_in_links IS 'One-time links sent by e-mail; an SHA-256 of each.';


--
-- Name: step_transitions; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.step_transitions (
    id bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    enrollment_id uuid NOT NULL,
    step_id uuid,
    from_status text,
    to_status text NOT NULL,
    cause text NOT NULL,
    reason text,
    event_receipt uuid,
    actor_role text NOT NULL,
    actor_id uuid,
    CONSTRAINT step_transitions_moves CHECK ((from_status IS DISTINCT FROM to_status))
);

ALTER TABLE ONLY handoff.step_transitions FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.step_transitions OWNER TO handoff_owner;

--
-- Name: TABLE step_transitions; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.step_transitions IS 'The audit trail: every change of status of an enrollment or a step, append-only for every role. Replayed, it gives the current state.';


--
-- Name: COLUMN step_transitions.step_id; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.step_id IS 'Null: the enrollment itself changed.';


--
-- Name: COLUMN step_transitions.from_status; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.from_status IS 'Null: the row was made.';


--
-- Name: COLUMN step_transitions.cause; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.cause IS 'The rule or the act behind it; direct: a plain UPDATE by a DBA.';


--
-- Name: COLUMN step_transitions.reason; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.reason IS 'What the person who did it gave as the reason.';


--
-- Name: COLUMN step_transitions.actor_role; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.actor_role IS 'The database role that acted.';


--
-- Name: COLUMN step_transitions.actor_id; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON COLUMN handoff.step_transitions.actor_id IS 'The person of the claims, when there was one.';


--
-- Name: step_transitions_id_seq; Type: SEQUENCE; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.step_transitions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME handoff.step_transitions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: webhook_refusals; Type: TABLE; Schema: handoff; Owner: handoff_owner
--

CREATE TABLE handoff.webhook_refusals (
    partner_slug text NOT NULL,
    code text NOT NULL,
    day date NOT NULL,
    refusals bigint NOT NULL,
    CONSTRAINT webhook_refusals_code_shape CHECK ((code ~ '^[a-z_]{1,40}$'::text)),
    CONSTRAINT webhook_refusals_positive CHECK ((refusals > 0))
);

ALTER TABLE ONLY handoff.webhook_refusals FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff.webhook_refusals OWNER TO handoff_owner;

--
-- Name: TABLE webhook_refusals; Type: COMMENT; Schema: handoff; Owner: handoff_owner
--

COMMENT ON TABLE handoff.webhook_refusals IS 'How many deliveries were refused before anything of them was stored. Strangers can not fill it.';


--
-- Name: _yoyo_log; Type: TABLE; Schema: handoff_ops; Owner: handoff_owner
--

CREATE TABLE handoff_ops._yoyo_log (
    id character varying(36) NOT NULL,
    migration_hash character varying(64),
    migration_id character varying(255),
    operation character varying(10),
    username character varying(255),
    hostname character varying(255),
    comment character varying(255),
    created_at_utc timestamp without time zone
);

ALTER TABLE ONLY handoff_ops._yoyo_log FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff_ops._yoyo_log OWNER TO handoff_owner;

--
-- Name: TABLE _yoyo_log; Type: COMMENT; Schema: handoff_ops; Owner: handoff_owner
--

COMMENT ON TABLE handoff_ops._yoyo_log IS 'The books of yoyo, which applies the migrations.';


--
-- Name: _yoyo_migration; Type: TABLE; Schema: handoff_ops; Owner: handoff_owner
--

CREATE TABLE handoff_ops._yoyo_migration (
    migration_hash character varying(64) NOT NULL,
    migration_id character varying(255),
    applied_at_utc timestamp without time zone
);

ALTER TABLE ONLY handoff_ops._yoyo_migration FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff_ops._yoyo_migration OWNER TO handoff_owner;

--
-- Name: TABLE _yoyo_migration; Type: COMMENT; Schema: handoff_ops; Owner: handoff_owner
--

COMMENT ON TABLE handoff_ops._yoyo_migration IS 'The books of yoyo, which applies the migrations.';


--
-- Name: _yoyo_version; Type: TABLE; Schema: handoff_ops; Owner: handoff_owner
--

CREATE TABLE handoff_ops._yoyo_version (
    version integer NOT NULL,
    installed_at_utc timestamp without time zone
);

ALTER TABLE ONLY handoff_ops._yoyo_version FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff_ops._yoyo_version OWNER TO handoff_owner;

--
-- Name: TABLE _yoyo_version; Type: COMMENT; Schema: handoff_ops; Owner: handoff_owner
--

COMMENT ON TABLE handoff_ops._yoyo_version IS 'The books of yoyo, which applies the migrations.';


--
-- Name: deployed_files; Type: TABLE; Schema: handoff_ops; Owner: handoff_owner
--

CREATE TABLE handoff_ops.deployed_files (
    path text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT deployed_files_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE ONLY handoff_ops.deployed_files FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff_ops.deployed_files OWNER TO handoff_owner;

--
-- Name: TABLE deployed_files; Type: COMMENT; Schema: handoff_ops; Owner: handoff_owner
--

COMMENT ON TABLE handoff_ops.deployed_files IS 'Each file under db/ that was applied, with the hash it had.';


--
-- Name: yoyo_lock; Type: TABLE; Schema: handoff_ops; Owner: handoff_owner
--

CREATE TABLE handoff_ops.yoyo_lock (
    locked integer DEFAULT 1 NOT NULL,
    ctime timestamp without time zone,
    pid integer NOT NULL
);

ALTER TABLE ONLY handoff_ops.yoyo_lock FORCE ROW LEVEL SECURITY;


ALTER TABLE handoff_ops.yoyo_lock OWNER TO handoff_owner;

--
-- Name: TABLE yoyo_lock; Type: COMMENT; Schema: handoff_ops; Owner: handoff_owner
--

COMMENT ON TABLE handoff_ops.yoyo_lock IS 'The books of yoyo, which applies the migrations.';


--
-- Data for Name: certificates; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.certificates VALUES
	('VX6Q-PHWW-X319-GW72-P', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '3646d9a5-8ef4-478e-a076-46c71183f853', 'Through', 'medical-assistant', 'Medical Assistant', '2026-11-25 23:58:34.963734+00', '2026-11-25 23:58:35.032+00', '2026-11-25 23:58:35.039531+00', '[{"partner": "Health & Safety Institute", "completed_at": "2026-11-25T23:58:35.008558+00:00"}, {"partner": "Certiport", "completed_at": "2026-11-25T23:58:35.026295+00:00"}, {"partner": "CareerSafe", "completed_at": "2026-11-25T23:58:35.030174+00:00"}]');


--
-- Data for Name: enrollment_steps; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.enrollment_steps VALUES
	('aab22a4a-032b-4b39-be11-94d1d8404b8d', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'careersafe', 3, NULL, 'pending', NULL, NULL, NULL, NULL, 0, 0),
	('5d0dda68-ef04-4142-813a-73fdeb31abbc', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'hsi', 1, NULL, 'completed', '2026-11-25 23:58:34.979827+00', '2026-11-25 23:58:35.008558+00', NULL, NULL, 0, 0),
	('18342d4c-64ec-42b8-ba91-d2601d0e6346', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'certiport', 2, NULL, 'completed', '2026-11-25 23:58:35.008729+00', '2026-11-25 23:58:35.026295+00', NULL, NULL, 0, 0),
	('ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'careersafe', 3, NULL, 'completed', '2026-11-25 23:58:35.026463+00', '2026-11-25 23:58:35.030174+00', NULL, NULL, 0, 0),
	('539149b0-4616-421c-8e90-2cb9a8482d68', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'hsi', 1, NULL, 'completed', '2026-11-25 23:58:34.984192+00', '2026-11-25 23:58:35.04669+00', NULL, NULL, 0, 0),
	('dceca3f5-5a87-4d01-ae52-dc7634ffab90', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'certiport', 2, NULL, 'in_progress', '2026-11-25 23:58:35.046856+00', NULL, NULL, NULL, 0, 0);


--
-- Data for Name: enrollments; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.enrollments VALUES
	('a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'b2315b9c-d70a-4d8f-9537-0dfdd64f6881', 'medical-assistant', 'active', '2026-11-25 23:58:34.982047+00', '2026-11-25 23:58:34.982047+00', NULL, NULL),
	('ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '3646d9a5-8ef4-478e-a076-46c71183f853', 'medical-assistant', 'completed', '2026-11-25 23:58:34.963734+00', '2026-11-25 23:58:34.963734+00', '2026-11-25 23:58:35.032+00', NULL);


--
-- Data for Name: event_replays; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--



--
-- Data for Name: partner_accounts; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.partner_accounts VALUES
	('hsi', 'nobody', NULL, NULL);


--
-- Data for Name: partner_event_conflicts; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--



--
-- Data for Name: partner_event_types; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.partner_event_types VALUES
	('hsi', 'course.completed', 'completion', 'course_id', NULL, NULL, NULL),
	('hsi', 'certificate.issued', 'evidence', NULL, NULL, NULL, NULL),
	('hsi', 'enrollment.created', 'acknowledgement', NULL, NULL, NULL, NULL),
	('certiport', 'exam.completed', 'completion', 'exam_id', 'passed', 'score', NULL),
	('certiport', 'certification.issued', 'evidence', NULL, NULL, NULL, NULL),
	('certiport', 'enrollment.created', 'acknowledgement', NULL, NULL, NULL, NULL),
	('careersafe', 'training.completed', 'completion', 'training_id', NULL, NULL, NULL),
	('careersafe', 'certificate.issued', 'evidence', NULL, NULL, NULL, NULL),
	('jri', 'program.completed', 'completion', NULL, NULL, NULL, NULL),
	('jri', 'module.completed', 'progress', 'module_id', NULL, NULL, 6),
	('jri', 'certificate.issued', 'evidence', NULL, NULL, NULL, NULL),
	('milady', 'course.completed', 'completion', 'course_id', NULL, 'grade', NULL),
	('milady', 'assessment.passed', 'progress', NULL, NULL, NULL, NULL),
	('milady', 'certificate.issued', 'evidence', NULL, NULL, NULL, NULL);


--
-- Data for Name: partner_events; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.partner_events OVERRIDING SYSTEM VALUE VALUES
	('98f98214-5eb7-4e85-ba25-d606f7ea0b1d', 1, 'hsi', 'completes-5d0dda68-ef04-4142-813a-73fdeb31abbc', 0, 'webhook', '{}', '\x7b226576656e74223a2022636f757273652e636f6d706c65746564222c2022706173736564223a20747275652c202273747564656e745f6964223a202233363436643961352d386566342d343738652d613037362d343663373131383366383533227d', '\x3f44baf610061f43cb1fcaf76b0d609ec10733fadfc731c2536fe77f62eed568', '2026-11-25 23:58:34.995855+00', 1, '2026-11-25 23:58:34.995855+00', 'accepted', 'completed', 'accepted:completed', NULL, 'course.completed', 'completion', '3646d9a5-8ef4-478e-a076-46c71183f853', NULL, NULL, NULL, NULL, NULL, '3646d9a5-8ef4-478e-a076-46c71183f853', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '5d0dda68-ef04-4142-813a-73fdeb31abbc', NULL),
	('b3afd843-ed5b-481d-bb9e-8ea80ab18c85', 2, 'certiport', 'completes-18342d4c-64ec-42b8-ba91-d2601d0e6346', 0, 'webhook', '{}', '\x7b226576656e74223a20226578616d2e636f6d706c65746564222c2022706173736564223a20747275652c202273747564656e745f6964223a202233363436643961352d386566342d343738652d613037362d343663373131383366383533227d', '\x7d5423f847261517c3a34ffaf01d490788e99f0a30784ac94f6fdc82799e25aa', '2026-11-25 23:58:35.01821+00', 1, '2026-11-25 23:58:35.01821+00', 'accepted', 'completed', 'accepted:completed', NULL, 'exam.completed', 'completion', '3646d9a5-8ef4-478e-a076-46c71183f853', NULL, NULL, NULL, true, NULL, '3646d9a5-8ef4-478e-a076-46c71183f853', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '18342d4c-64ec-42b8-ba91-d2601d0e6346', NULL),
	('e88a9681-869a-46e3-abec-60107781d604', 3, 'careersafe', 'completes-ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', 0, 'webhook', '{}', '\x7b226576656e74223a2022747261696e696e672e636f6d706c65746564222c2022706173736564223a20747275652c202273747564656e745f6964223a202233363436643961352d386566342d343738652d613037362d343663373131383366383533227d', '\x8b7063be7ab85e6cd22e9ba35c20bdddf71e817014bd4ad72bb3df75772f3c2a', '2026-11-25 23:58:35.027868+00', 1, '2026-11-25 23:58:35.027868+00', 'accepted', 'completed', 'accepted:completed', NULL, 'training.completed', 'completion', '3646d9a5-8ef4-478e-a076-46c71183f853', NULL, NULL, NULL, NULL, NULL, '3646d9a5-8ef4-478e-a076-46c71183f853', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', NULL),
	('8a14f295-2d63-4f26-a30c-8db41da7cb6c', 4, 'hsi', 'completes-539149b0-4616-421c-8e90-2cb9a8482d68', 0, 'webhook', '{}', '\x7b226576656e74223a2022636f757273652e636f6d706c65746564222c2022706173736564223a20747275652c202273747564656e745f6964223a202262323331356239632d643730612d346438662d393533372d306466646436346636383831227d', '\x25d413caff94ae988706582feb6bb3a135e9a306daf22db1d1af8bb94ecc421a', '2026-11-25 23:58:35.043505+00', 1, '2026-11-25 23:58:35.043505+00', 'accepted', 'completed', 'accepted:completed', NULL, 'course.completed', 'completion', 'b2315b9c-d70a-4d8f-9537-0dfdd64f6881', NULL, NULL, NULL, NULL, NULL, 'b2315b9c-d70a-4d8f-9537-0dfdd64f6881', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', '539149b0-4616-421c-8e90-2cb9a8482d68', NULL),
	('537113d2-ee20-4508-8377-c16587ad2c60', 5, 'hsi', 'of-nobody', 0, 'webhook', '{}', '\x7b226576656e74223a2022636f757273652e636f6d706c65746564222c202273747564656e745f6964223a20226e6f626f6479227d', '\x7b668d47ac64577c0007d446a8bdd748a9a82e492bf699a14cea9d1ca102cd56', '2026-11-25 23:58:35.047907+00', 1, '2026-11-25 23:58:35.047907+00', 'parked', 'unknown_student', 'parked:unknown_student', NULL, 'course.completed', 'completion', 'nobody', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('31436f76-5249-44fb-9b80-6e4e00f1d62d', 6, 'hsi', 'broken', 0, 'webhook', '{}', '\x7b', '\x021fb596db81e6d02bf3d2586ee3981fe519f275c0ac9ca76bbcf2ebb4097d96', '2026-11-25 23:58:35.054196+00', 1, '2026-11-25 23:58:35.054196+00', 'rejected', 'bad_json', 'rejected:bad_json', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: partners; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.partners VALUES
	('hsi', 'Health & Safety Institute', 'active', 'standard', 'https://www.hsi.com/login', 'support@hsi.com', 7),
	('certiport', 'Certiport', 'active', 'standard', 'https://www.certiport.com/portal/ssl/login.aspx', 'partnersupport@certiport.com', 7),
	('careersafe', 'CareerSafe', 'active', 'standard', 'https://www.careersafeonline.com/campus/signin', 'support@careersafe.com', 7),
	('jri', 'Job Ready Indy', 'active', 'standard', 'https://learning.employindy.org/jri-participant-elevatehumanitycareertraining', 'learning@employindy.org', 7),
	('milady', 'Milady', 'active', 'standard', 'https://www.miladytraining.com/users/sign_in', 'support@milady.com', 7);


--
-- Data for Name: profiles; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.profiles VALUES
	('b2315b9c-d70a-4d8f-9537-0dfdd64f6881', 'under.way@school.example', 'Under Way', 'student', '2026-11-25 23:58:34.950541+00'),
	('3646d9a5-8ef4-478e-a076-46c71183f853', 'through@school.example', 'Through', 'student', '2026-11-25 23:58:34.951354+00');


--
-- Data for Name: program_partners; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.program_partners VALUES
	('d19f988d-6e48-4219-b8b6-35670fb90d44', 'medical-assistant', 'hsi', 1, true, NULL),
	('1da2b24a-912d-44e3-9e5c-79a3aa03d69f', 'medical-assistant', 'certiport', 2, true, NULL),
	('18d8f144-f4ef-421e-93b8-0b41a2d8a21d', 'medical-assistant', 'careersafe', 3, true, NULL),
	('7f4be90f-6d92-49a4-bab0-6aeaf34e7c14', 'cna', 'hsi', 1, true, NULL),
	('fb6ec3a4-70b1-48b2-9f78-0f97eb77afe8', 'cna', 'certiport', 2, true, NULL),
	('9b47ac05-831a-47bd-85d8-174520b96d97', 'cna-wrg', 'hsi', 1, true, NULL),
	('aee9a9e1-9354-4e77-aa7a-75ce93354aa0', 'cna-wrg', 'certiport', 2, true, NULL),
	('e6c49743-73f3-4de7-863a-af7c59f828e5', 'dental-assistant', 'hsi', 1, true, NULL),
	('14bcda4c-e8c6-42f7-bbb2-b3e1fb4efbc8', 'dental-assistant', 'certiport', 2, true, NULL),
	('133dbab1-ee72-4271-bb52-c1734595cbcc', 'pharmacy-technician', 'hsi', 1, true, NULL),
	('b2472ac6-7780-4ff9-b7e8-116dd78cbbe8', 'pharmacy-technician', 'certiport', 2, true, NULL),
	('a78fc1e9-28b5-4c20-97c7-d862e251a259', 'phlebotomy-technician', 'hsi', 1, true, NULL),
	('259ae90c-2a9c-41d0-8239-a01f8a3c7e71', 'phlebotomy-technician', 'certiport', 2, true, NULL),
	('4c577abc-1f98-45c9-aefa-d7ee930a7e55', 'emt', 'hsi', 1, true, NULL),
	('b4220900-0c01-4dfc-bd95-b5704b8ca5b7', 'emt', 'certiport', 2, true, NULL),
	('4f59c72f-5432-4556-8212-323e227a1245', 'community-healthcare-worker', 'hsi', 1, true, NULL),
	('37e5adab-5568-4ccf-8792-68c7c2886f36', 'community-healthcare-worker', 'certiport', 2, true, NULL),
	('6d1a0733-8908-4cb3-8e24-54b6ab81d8a8', 'emergency-health-safety-technician', 'hsi', 1, true, NULL),
	('19ceee8e-dcaa-4e26-ad77-a8a686b33b9d', 'emergency-health-safety-technician', 'certiport', 2, false, NULL),
	('a5452131-676a-49e3-b54a-af0acb770232', 'cpr-first-aid', 'hsi', 1, true, NULL),
	('80c97d57-ea70-45f1-8ee1-59ca2ba28556', 'barber-apprenticeship', 'milady', 1, true, NULL),
	('c85cf63d-c3a4-486f-a362-77d9d82aea05', 'barber-apprenticeship', 'jri', 2, true, NULL),
	('cc27ccbb-1020-4ee4-9fb7-74252d61a97a', 'barber-apprenticeship-1500-hour', 'milady', 1, true, NULL),
	('3ebf7d3f-5f75-45f1-8a05-a27e5c00c4e1', 'barber-apprenticeship-1500-hour', 'jri', 2, true, NULL),
	('222b8d7d-c676-4a89-8836-0cf2d567cac9', 'barber-apprenticeship-2000-hour', 'milady', 1, true, NULL),
	('6a54a241-cd8c-40e9-b135-08f0e103df47', 'barber-apprenticeship-2000-hour', 'jri', 2, true, NULL),
	('f14f4599-fc00-4512-9c80-1f67405b29bb', 'barber-apprenticeship-wrg', 'milady', 1, true, NULL),
	('a95134af-6b8a-41c6-848f-290cb50fef1c', 'barber-apprenticeship-wrg', 'jri', 2, true, NULL),
	('8fe95e07-56c3-4e63-b72f-985682391fea', 'esthetician-apprenticeship', 'milady', 1, true, NULL),
	('d00055b5-24c3-4da0-91be-62190ae8965a', 'esthetician-apprenticeship', 'jri', 2, true, NULL),
	('c8b7dfcb-da63-4ce6-9359-cea0a499a983', 'hair-stylist-esthetician-apprenticeship', 'milady', 1, true, NULL),
	('57a5466c-46a6-4b0e-80bf-b4c6fa3122eb', 'hair-stylist-esthetician-apprenticeship', 'jri', 2, true, NULL),
	('30dfe5ce-d706-4f3e-8f36-803653f33bba', 'professional-esthetician', 'milady', 1, true, NULL),
	('5bd0f6ae-b288-4b91-814e-d2069429e4cb', 'professional-esthetician', 'jri', 2, true, NULL),
	('a101a16b-c0d2-4e28-8ee7-5bc6657171b7', 'nail-technician-apprenticeship', 'milady', 1, true, NULL),
	('70b45c6d-affb-4a2d-a1c9-4f9addce5c23', 'nail-technician-apprenticeship', 'jri', 2, true, NULL),
	('5f8af8ed-50a7-4a25-9295-c4f83bb437d3', 'hair-stylist-nail-technician-apprenticeship', 'milady', 1, true, NULL),
	('caa7ed2c-dedb-4628-8942-f3fec750e720', 'hair-stylist-nail-technician-apprenticeship', 'jri', 2, true, NULL),
	('641627ba-268d-4d51-8fc9-60f349b53217', 'hvac-technician', 'careersafe', 1, true, NULL),
	('2878c155-5bd2-4190-9a8b-b4e3f0d24d1f', 'hvac-technician', 'certiport', 2, true, NULL),
	('79b4b99f-7bcc-44e2-9e44-0cd4d42a6d66', 'hvac-technician-wrg', 'careersafe', 1, true, NULL),
	('41ed8b1e-b229-42e7-9bce-4d066498234e', 'hvac-technician-wrg', 'certiport', 2, true, NULL),
	('43472236-3698-456e-982c-0520a61209b9', 'hvac-2exclusive-apprenticeship', 'careersafe', 1, true, NULL),
	('1d5a7bde-f055-4f8e-bd29-b2150edec9de', 'hvac-2exclusive-apprenticeship', 'certiport', 2, true, NULL),
	('c533214b-fb1e-47da-80b4-5f11e9934ab6', 'automotive-technician', 'careersafe', 1, true, NULL),
	('d79c5b3e-59b2-4a43-8560-74072f91d5a5', 'automotive-technician', 'certiport', 2, true, NULL),
	('bd499913-4dc3-40a8-84f9-449b625beb24', 'diesel-mechanic', 'careersafe', 1, true, NULL),
	('beb4061e-b313-4fdd-ac8f-680add9930f4', 'diesel-mechanic', 'certiport', 2, true, NULL),
	('20987e13-e629-4a3a-bf96-0c60e9ae4667', 'manufacturing-technician', 'careersafe', 1, true, NULL),
	('89c22e0c-eb3d-4da7-96ef-29c9d3ed0213', 'manufacturing-technician', 'certiport', 2, true, NULL),
	('aa59f557-00b4-47a5-932a-80c1126ed929', 'building-maintenance-technician', 'careersafe', 1, true, NULL),
	('50f6282e-451a-4a99-be32-a9f2325889db', 'building-maintenance-technician', 'certiport', 2, true, NULL),
	('f70fbef1-a691-40bb-9f5f-22140a45f953', 'solar-panel-installation', 'careersafe', 1, true, NULL),
	('5a182162-a334-47dd-82ee-3626583f69b5', 'solar-panel-installation', 'certiport', 2, true, NULL),
	('50fbbbbb-3cea-47db-84bd-966476fa5d70', 'forklift-operator', 'careersafe', 1, true, NULL),
	('2b0ef6ca-e0d7-4145-92ed-3e12f69249f7', 'it-support-specialist', 'certiport', 1, true, NULL),
	('1fbc9454-4918-45c8-bd06-a44637e1b5a8', 'cybersecurity-analyst', 'certiport', 1, true, NULL),
	('193bbf5a-428d-4445-8fe4-65b2fc9aab57', 'web-development', 'certiport', 1, true, NULL),
	('26087cac-a5d7-4e24-8d7d-779fb435c74f', 'data-analytics', 'certiport', 1, true, NULL),
	('d935ab4d-00b9-4f29-ada6-30c246457732', 'administrative-assistant', 'jri', 1, true, NULL),
	('06692205-9d53-4c90-b4c9-4dfebeebca0a', 'administrative-assistant', 'certiport', 2, true, NULL),
	('2a227f21-6e5f-4e02-987e-2bd54b21e44f', 'customer-service-representative', 'jri', 1, true, NULL),
	('232dec25-6204-43af-8f32-63fdd21b7600', 'customer-service-representative', 'certiport', 2, true, NULL),
	('16f7a96b-92aa-44d6-b169-d10264600eef', 'bookkeeping', 'jri', 1, true, NULL),
	('33bca4ec-807c-417c-8b83-f2825ff5b40c', 'bookkeeping', 'certiport', 2, true, NULL),
	('080b49c7-8f81-43e6-b87c-aaa0e9a498ea', 'business-startup', 'jri', 1, true, NULL),
	('1750a7c0-fd40-4f68-a6af-26a8f03108aa', 'entrepreneurship', 'jri', 1, true, NULL),
	('27264a40-30ce-4736-aa0b-4041ecfa7ae9', 'cdl-training', 'jri', 1, true, NULL),
	('fb09c1c8-8142-456d-8401-c1378dfb7b0a', 'cdl-commercial-truck-driving-wrg', 'jri', 1, true, NULL),
	('fae137ca-924a-4c34-8928-a487c0ca3e78', 'peer-recovery-specialist', 'jri', 1, true, NULL),
	('1348fbe2-bb69-459d-ad65-bb7de07f263a', 'peer-support-professional', 'jri', 1, true, NULL),
	('7d59b5e8-f261-40f2-93bc-9c4b48f1fdec', 'recovery-coach', 'jri', 1, true, NULL),
	('c8a19821-ee4d-423b-a1a6-36181aab165a', 'reentry-specialist', 'jri', 1, true, NULL),
	('17fd45bf-fdec-4d81-b5b1-f8513e99ee6d', 'direct-support-professional', 'jri', 1, true, NULL),
	('db4d214c-09c6-47e4-8223-d83b712f965d', 'life-coach-certification', 'jri', 1, true, NULL),
	('81a0541f-8441-4723-b308-b24b141b16b6', 'real-estate-agent', 'jri', 1, true, NULL),
	('e3e7ae45-25f8-44cc-acb6-efb7dc451795', 'insurance-agent', 'jri', 1, true, NULL),
	('3645a019-28b4-47a6-960d-ca007e5d1810', 'tax-preparation', 'jri', 1, true, NULL),
	('85590ddd-25f3-4927-8a4a-955a38c57fb4', 'youth-culinary-apprenticeship', 'jri', 1, true, NULL);


--
-- Data for Name: programs; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.programs VALUES
	('medical-assistant', 'Medical Assistant', 'Healthcare', '', false, true),
	('cna', 'Certified Nursing Assistant (CNA)', 'Healthcare', '', false, true),
	('cna-wrg', 'Certified Nursing Assistant (CNA) - WRG', 'Healthcare', '', false, true),
	('dental-assistant', 'Dental Assistant', 'Healthcare', '', false, true),
	('pharmacy-technician', 'Pharmacy Technician', 'Healthcare', '', false, true),
	('phlebotomy-technician', 'Phlebotomy Technician', 'Healthcare', '', false, true),
	('emt', 'Emergency Medical Technician (EMT)', 'Healthcare', '', false, true),
	('community-healthcare-worker', 'Community Healthcare Worker', 'Healthcare', '', false, true),
	('emergency-health-safety-technician', 'Emergency Health & Safety Technician', 'Healthcare', '', false, true),
	('cpr-first-aid', 'CPR & First Aid', 'Healthcare', '', false, true),
	('barber-apprenticeship', 'Barber Apprenticeship', 'Beauty', '', false, true),
	('barber-apprenticeship-1500-hour', 'Barber Apprenticeship (1500-Hour)', 'Beauty', '', false, true),
	('barber-apprenticeship-2000-hour', 'Barber Apprenticeship (2000-Hour)', 'Beauty', '', false, true),
	('barber-apprenticeship-wrg', 'Barber Apprenticeship - WRG', 'Beauty', '', false, true),
	('esthetician-apprenticeship', 'Esthetician Apprenticeship', 'Beauty', '', false, true),
	('hair-stylist-esthetician-apprenticeship', 'Hair Stylist & Esthetician Apprenticeship', 'Beauty', '', false, true),
	('professional-esthetician', 'Professional Esthetician & Client Services', 'Beauty', '', false, true),
	('nail-technician-apprenticeship', 'Nail Technician Apprenticeship', 'Beauty', '', false, true),
	('hair-stylist-nail-technician-apprenticeship', 'Hair Stylist & Nail Technician Apprenticeship', 'Beauty', '', false, true),
	('hvac-technician', 'HVAC Technician', 'Skilled Trades', '', false, true),
	('hvac-technician-wrg', 'HVAC Technician - WRG', 'Skilled Trades', '', false, true),
	('hvac-2exclusive-apprenticeship', 'HVAC Technician (2Exclusive Apprenticeship)', 'Skilled Trades', '', false, true),
	('automotive-technician', 'Automotive Technician', 'Skilled Trades', '', false, true),
	('diesel-mechanic', 'Diesel Mechanic', 'Skilled Trades', '', false, true),
	('manufacturing-technician', 'Manufacturing Technician', 'Skilled Trades', '', false, true),
	('building-maintenance-technician', 'Building Maintenance Technician', 'Skilled Trades', '', false, true),
	('solar-panel-installation', 'Solar Panel Installation', 'Skilled Trades', '', false, true),
	('forklift-operator', 'Forklift Operator', 'Skilled Trades', '', false, true),
	('it-support-specialist', 'IT Support Specialist', 'Technology', '', false, true),
	('cybersecurity-analyst', 'Cybersecurity Analyst', 'Technology', '', false, true),
	('web-development', 'Web Development', 'Technology', '', false, true),
	('data-analytics', 'Data Analytics', 'Technology', '', false, true),
	('administrative-assistant', 'Administrative Assistant', 'Business', '', false, true),
	('customer-service-representative', 'Customer Service Representative', 'Business', '', false, true),
	('bookkeeping', 'Bookkeeping', 'Business', '', false, true),
	('business-startup', 'Business Start-Up', 'Business', '', false, true),
	('entrepreneurship', 'Entrepreneurship', 'Business', '', false, true),
	('cdl-training', 'CDL Training', 'Specialized', '', false, true),
	('cdl-commercial-truck-driving-wrg', 'Commercial Truck Driving (CDL) - WRG', 'Specialized', '', false, true),
	('peer-recovery-specialist', 'Peer Recovery Specialist', 'Specialized', '', false, true),
	('peer-support-professional', 'Peer Support Professional', 'Specialized', '', false, true),
	('recovery-coach', 'Recovery Coach', 'Specialized', '', false, true),
	('reentry-specialist', 'Reentry Specialist', 'Specialized', '', false, true),
	('direct-support-professional', 'Direct Support Professional', 'Specialized', '', false, true),
	('life-coach-certification', 'Life Coach Certification', 'Specialized', '', false, true),
	('real-estate-agent', 'Real Estate Agent', 'Specialized', '', false, true),
	('insurance-agent', 'Insurance Agent', 'Specialized', '', false, true),
	('tax-preparation', 'Tax Preparation', 'Specialized', '', false, true),
	('youth-culinary-apprenticeship', 'Youth Culinary Apprenticeship', 'Specialized', '', false, true);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--



--
-- Data for Name: sign_in_links; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--



--
-- Data for Name: step_transitions; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--

INSERT INTO handoff.step_transitions OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-25 23:58:34.965822+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', NULL, NULL, 'active', 'enrolled', NULL, NULL, 'postgres', NULL),
	(2, '2026-11-25 23:58:34.974238+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '5d0dda68-ef04-4142-813a-73fdeb31abbc', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(3, '2026-11-25 23:58:34.975229+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '18342d4c-64ec-42b8-ba91-d2601d0e6346', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(4, '2026-11-25 23:58:34.975627+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(5, '2026-11-25 23:58:34.980957+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '5d0dda68-ef04-4142-813a-73fdeb31abbc', 'pending', 'in_progress', 'advanced', NULL, NULL, 'postgres', NULL),
	(6, '2026-11-25 23:58:34.982416+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', NULL, NULL, 'active', 'enrolled', NULL, NULL, 'postgres', NULL),
	(7, '2026-11-25 23:58:34.983235+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', '539149b0-4616-421c-8e90-2cb9a8482d68', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(8, '2026-11-25 23:58:34.983603+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'dceca3f5-5a87-4d01-ae52-dc7634ffab90', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(9, '2026-11-25 23:58:34.983865+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'aab22a4a-032b-4b39-be11-94d1d8404b8d', NULL, 'pending', 'generated', NULL, NULL, 'postgres', NULL),
	(10, '2026-11-25 23:58:34.992424+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', '539149b0-4616-421c-8e90-2cb9a8482d68', 'pending', 'in_progress', 'advanced', NULL, NULL, 'postgres', NULL),
	(11, '2026-11-25 23:58:35.008884+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '5d0dda68-ef04-4142-813a-73fdeb31abbc', 'in_progress', 'completed', 'partner_event', NULL, '98f98214-5eb7-4e85-ba25-d606f7ea0b1d', 'postgres', NULL),
	(12, '2026-11-25 23:58:35.009183+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '18342d4c-64ec-42b8-ba91-d2601d0e6346', 'pending', 'in_progress', 'advanced', NULL, '98f98214-5eb7-4e85-ba25-d606f7ea0b1d', 'postgres', NULL),
	(13, '2026-11-25 23:58:35.026615+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', '18342d4c-64ec-42b8-ba91-d2601d0e6346', 'in_progress', 'completed', 'partner_event', NULL, 'b3afd843-ed5b-481d-bb9e-8ea80ab18c85', 'postgres', NULL),
	(14, '2026-11-25 23:58:35.026682+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', 'pending', 'in_progress', 'advanced', NULL, 'b3afd843-ed5b-481d-bb9e-8ea80ab18c85', 'postgres', NULL),
	(15, '2026-11-25 23:58:35.030334+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', 'ad08dfb0-dac3-4acb-8c9e-cfe2eba560e8', 'in_progress', 'completed', 'partner_event', NULL, 'e88a9681-869a-46e3-abec-60107781d604', 'postgres', NULL),
	(16, '2026-11-25 23:58:35.036849+00', 'ac9a8256-5fac-4a68-8f8e-6ba9df0891fa', NULL, 'active', 'completed', 'all_steps_done', NULL, 'e88a9681-869a-46e3-abec-60107781d604', 'postgres', NULL),
	(17, '2026-11-25 23:58:35.046989+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', '539149b0-4616-421c-8e90-2cb9a8482d68', 'in_progress', 'completed', 'partner_event', NULL, '8a14f295-2d63-4f26-a30c-8db41da7cb6c', 'postgres', NULL),
	(18, '2026-11-25 23:58:35.047053+00', 'a94294a1-a4c0-4d70-bc89-1874e4d15a27', 'dceca3f5-5a87-4d01-ae52-dc7634ffab90', 'pending', 'in_progress', 'advanced', NULL, '8a14f295-2d63-4f26-a30c-8db41da7cb6c', 'postgres', NULL);


--
-- Data for Name: webhook_refusals; Type: TABLE DATA; Schema: handoff; Owner: handoff_owner
--



--
-- Data for Name: _yoyo_log; Type: TABLE DATA; Schema: handoff_ops; Owner: handoff_owner
--



--
-- Data for Name: _yoyo_migration; Type: TABLE DATA; Schema: handoff_ops; Owner: handoff_owner
--

INSERT INTO handoff_ops._yoyo_migration VALUES
	('a34e767e03e77e03ea413706a9afad3f938cc314f18f1aff64ad9a30ebde932d', '0001.configuration', '2026-11-25 23:58:34.192412'),
	('0ff11cc4709fd89c1811323a03f9158aff551ba4c509449cb8d37ff72d591853', '0002.enrollment', '2026-11-25 23:58:34.21338'),
	('3ce1ae8267077df81bb9dbf254a95b110503b5aab51312f5e379fccf77fcd1d9', '0003.partner_events', '2026-11-25 23:58:34.246281'),
	('b7accc2e0dd0f275bb40d7481c21840831f1956a16fee99d2cfe7d3f8e3997ba', '0004.sign_in', '2026-11-25 23:58:34.253379'),
	('d27c184acd546c6d0b54c3337af693e1b63fba06b5e83f5f2ea9c2b11fdbbbe8', '0005.due_events', '2026-11-25 23:58:34.263963'),
	('f22df928758e191411cd83d8a419a25cca186ba491e8294e2e2be468a2847803', '0006.acts', '2026-11-25 23:58:34.268163');


--
-- Data for Name: _yoyo_version; Type: TABLE DATA; Schema: handoff_ops; Owner: handoff_owner
--

INSERT INTO handoff_ops._yoyo_version VALUES
	(2, '2026-11-25 23:58:33.896728');


--
-- Data for Name: deployed_files; Type: TABLE DATA; Schema: handoff_ops; Owner: handoff_owner
--

INSERT INTO handoff_ops.deployed_files VALUES
	('migrations/0001.configuration.sql', 'bd92bfb4ca098ecf77da1a064fd8126a23651712c98065d0ce5b2cb1e5c5b550', '2026-11-25 23:58:34.160713+00'),
	('migrations/0002.enrollment.sql', 'cd48bf8f196d7e7866f685e78e20c1fffe77ee341e028edcb954d9186b42e0dd', '2026-11-25 23:58:34.194283+00'),
	('migrations/0003.partner_events.sql', '83cd73a69afd3d2d0276ac5eee3b7006b73c5567376d331f4b65e6c792f1c33c', '2026-11-25 23:58:34.215508+00'),
	('migrations/0004.sign_in.sql', '1d6ea3bdc5f396e432af4954f219e0ab22374577d6f53a1c2cc053fc4910ba92', '2026-11-25 23:58:34.247872+00'),
	('migrations/0005.due_events.sql', 'a3e5d81fbe681277d95c1dbd74d133f4562257c17085d73d334651ae286e0681', '2026-11-25 23:58:34.254237+00'),
	('migrations/0006.acts.sql', '4f58bb3514c97df163ccdfd3b345c46a1f29a064b03d77575bc177ed6ff3f7b6', '2026-11-25 23:58:34.26529+00'),
	('functions/audit/acting_person.sql', '7f0e58b44c40640f8e06624ae9aedebdfdc0ffb0125e6ddf490200729a393bcd', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/begin_act.sql', 'abd5a7ba1ff832d0e96c77a5e3cc80ef4dbe272e5a96f02c883e6cf08d185f5c', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/book_faults.sql', '24d54ccf815316fcfde93fdf6c0def61112c7849b21cbe3d73bdca825bb2648d', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/continue_act.sql', 'd3f6fc46f2c0c072ff20225d9e2fc9a65a0ea0b990cf0c25ac872aba870d0eb2', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/current_act.sql', '5256049f44901f69a6aff1c0d55f315fae50ba8d5fe46168bbe27540b1293f51', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/record_enrollment_transition.sql', 'a13f7d19cb7af19bf793e3767ce5c4adab90502513d9b8f068b17bfc53e6f293', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/record_step_transition.sql', 'a35f1cd9d390eb61232448e0663208c6ac156a51ad0135cd4703890074321afc', '2026-11-25 23:58:34.284994+00'),
	('functions/audit/refuse_change.sql', '18b9095dc64d29b6a17c2014aa67ec4ebb99e95821f13f5ca48672bcd1d8b016', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/certificate_details.sql', '9d0f91c20aa23fd123c2f21f850d4abcd8867f147390284b267f879cb7d60a6a', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/check_character.sql', '2cf288cfdb03a0325be8b6a929097a8a34ca526d1962de6f8874ac44b64aa9d3', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/completed_partners.sql', 'e905a182be718e2bb60024de734b33b726179a95c2580b761dca812863fdc302', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/issue_certificate.sql', 'ea06b495a6e197a3641ebbfacd06bcb283826b789fd2154f8908a2f0be51c38a', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/new_certificate_number.sql', '44363782b71f270964c489239a992cb7accc4630312a447dbd1b800f1d2c943a', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/normal_certificate_number.sql', '620a043f3593fe86a0c3f71830b7fa606112888dd793fa47b1f8206477c8bad8', '2026-11-25 23:58:34.284994+00'),
	('functions/certificates/verify_certificate.sql', 'bf6e58af61c144dd21bc2876ffdc0bb581b386f00c0dfd02cb2cf8fb1308f709', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/attention_counts.sql', '4956fe98ed9cedd573413157f6905701404a87ed19f50aab5f12c99cabceb4ab', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/auto_advanced_today.sql', '014e17e67e95c804fc72367e7d4acfd5572b9213cbca50178d9fffd4d6b75d5d', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/automation_rates.sql', 'd71cde4fb5e449c10f045c4d9127894ddcc97325e03aea5183319143a9fd2c61', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/due_events.sql', '9fbb2c21d7ce7c5763d4d0ecfdc856bd4840d5998a886944caf5b0070a501409', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/event_candidates.sql', 'fa0da89fd59626fe626913784e22c5bf869065d94ca57b18094b8b33e4ca2cf8', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/event_conflicts.sql', 'b06703664720223575d4c2b8195d7d4cafc107b17f2b2d5d98db6b4babc93a44', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/event_details.sql', 'b23e55056297478eb1bac12fad9f9a9ea378a6e9a18895972bf758510ea7d363', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/event_history.sql', '6cf07dd15af23241c4fae0e6ba067022d6966074ce6c80314421e3dcd9ab8a39', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/find_events.sql', '3b46bc296f355dd2303e0fdfd714b76ec870fea522f951195ad75b1ead8089c8', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/partner_onboarding.sql', '501a6d106fe1da627b7e994591015294650c20387837457db92f9c4d4c76ac61', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/partner_pipeline.sql', '570e550453bbb7269a638ebb2641c6b3e13decbd33dfdd33312e80f3653aa086', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/program_rates.sql', '7fcc7096f6065e7dc515f526138818a3e764c44fa50c3b05710f4a3ffa8c8f55', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/recent_changes.sql', '2beef7b619046e1fa824d2870a0ce5858a10f354918da3d3b423256d0c29929f', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/stuck_reason.sql', 'f75d549ee33c08d0289bf3979550d0aef2a6d0ac518b907e8085d79a2c4782fe', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/stuck_students.sql', '34b84bc175f07f554ce5c01a1a75b3ab8c2722c00d23b0ebe4cae1a4768bba3f', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/student_enrollments.sql', 'd3755a7a06e29980f8e91499c9f8ff3684c0e73c949015fe3652913047a62863', '2026-11-25 23:58:34.284994+00'),
	('functions/dashboards/student_steps.sql', '6cdb81b05f26ef9e1f0c6acfc04a4dde4e001904e82191d370152bb30a83be65', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/advance.sql', 'bea30b89feaed6f60479b1108aa0a3dd420c4a94124c447613c720924b988d76', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/advance_to_next_step.sql', '2bf914857bcb9c508d91932143205bdbdb17b53fd262c2ef840b26e52a29545f', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/approve_enrollment.sql', '4d237bf82cc8476498d2b685600dac09c1f07d424e7af1b3a574333f0d00dac2', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/complete_enrollment.sql', '2cd3667ee50be46095aa82520d190b16a863c88e7bdd8d2c87a85fbc0be88708', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/complete_step.sql', '890e87e63520ec96b4807003173f11a2a3d814c095c1b984056c8e63efdc6e28', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/create_steps.sql', '3e0b83bcf013844704acb749bf613284d4a8d4c69f65e7395819bb156b4db8d4', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/enroll_student.sql', '19c4d544393e92eea55c39b5b9a21031dd7ddcd0a67cbd1eaaa66f5c64ba70ce', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/enrollment_status.sql', '31407046ee2055f0e6570fe91db40e56629b7ab2b13f04219bfecd6ba8b147cf', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/fail_step.sql', 'fe3672d995a7c589e52cb4ae6cf2e32c799a1c7dc37b8524945a49f4a7b5ca5f', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/generate_enrollment_steps.sql', '0ece62a4c72a2389df7cb20d3a78a0d9d6eed4450fdb2d4c4f7f59e3b82c907e', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/get_current_step.sql', '2198152a07bb62d069d51718a5b4727b40d7ed25a0d46961fe0e889c2315113e', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/hold_enrollment.sql', '1d029f16a2ce8d0ca75078f9877f67b1acbb59beab769fe02bde3bbc5c5215c3', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/is_enrollment_complete.sql', 'fadc588c30acb72cfcd0f0e354e21dedb2fa0e364818e4c8cf6e3107c298c40c', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/lock_enrollment.sql', '0067c0052d0449f845c2923eb256c25ff5b35a72955091f666651362cedf795f', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/lock_step.sql', '872c9b99e6877c43df4d2c94771b9e35d1e6c31dae3c299ed0dc772962bb53b3', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/lock_student.sql', 'e66e8fad44247f300dcc1104a45c3060206f263873e83463f614ecd1a66f6f78', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/mark_step_complete.sql', '30c33c082a1bb333692b4bbffdf8c28b07bf59f283894e683f7200e2b06cae5f', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/program_to_enroll_in.sql', 'f45616effe11b9bbe719c84a8673c64be12f2fadc0a8fc4184983936f55d08b4', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/refuse_state.sql', '5161065f413154bf524d3b183091792a759b869e284e85473d4d34bedeebfcbc', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/refuse_unconfigured.sql', 'becefb6c463c7b7e8bc02bd9f1e8e6e9f3fcbc1e52ba77447e88702f1f974e37', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/reopen_step.sql', '0f78ad5bcaea09367fa2ffff1e5ebb5bde376e2b4e318b92e2ef65af25a42064', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/resume_enrollment.sql', '2a9b28ad7ed8d0c297588e7398be35c1949442cb71380cf79ec19726f1ab803b', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/skip_step.sql', '7f9ce7f78ef18283f8d40056bf5ada7a16150545ba47f6b413e08aa5ba467114', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/step_in_progress.sql', '66201ca6d6d0fe793f9742ffd3115b8f9ed5587b8a689a1f0dc0e0f7c52a59c5', '2026-11-25 23:58:34.284994+00'),
	('functions/enrollment/withdraw_enrollment.sql', '9f3ea9bdd70d4d2fd6dcce24054e2ec30d7899a8c338b4c2b3609a2d1fea1b5d', '2026-11-25 23:58:34.284994+00'),
	('functions/operations/count_refusals.sql', '82236b7c07eb502ebfaea8a4156900f1452140663c6fecbd45c19b88ac461006', '2026-11-25 23:58:34.284994+00'),
	('functions/operations/deployed_fingerprint.sql', '94c95859e3751cc967524dd7ce35e5961e592f7b39712605934c1ddb98afe5dc', '2026-11-25 23:58:34.284994+00'),
	('functions/operations/drop_old_bodies.sql', '98647718dc801d825625324541dcf7004526cf615623392ccbdaed17a28b4d38', '2026-11-25 23:58:34.284994+00'),
	('functions/operations/partner_directory.sql', '0b2ebe2b62f4815ea5351060fe47fd94922c685937cef0207504da87f48a74c3', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/act_on_event.sql', '587cce8cdf37e3b2dc1da55baebe968791cc9d1ea18bd15dfff5fe01a6b63745', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/apply_due_events.sql', '31a18628cb0f6b4691be6b1371646adc22f31cdce4fbf08d323b946c619d167a', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/apply_event.sql', '220e0e2f7971bb7395bd87a8580481c8ed3a5ea13b5aa9fd6e645e2e51ce9376', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/apply_events.sql', '11907d3092974daf094a1ec7b283273acaf22db54e3308960e713ed18f8d003c', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/apply_waiting.sql', '85233bb23ac88f9aff748d567ceea07f2ebc89977237e58d981941e3ccfe2b32', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/assign_partner_event.sql', 'ff9c8541cc05a976c2aaaf14f90cb4b507c37d13279dbb4f03e9857cf573e8ca', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/assigned_target.sql', '26243d8a14db3e1bc16f9011806aeb36b7ddd37574a56880c01eab395b5488a6', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/body_fault.sql', '9e13bb4e8a4647cb12401a9743cc4bfd3e7b2f13347784d99565f5601ada3e44', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/check_delivery.sql', 'b5acc141f37ca7830e3141acdafb462830880bf3a6afa1c75879852745cdb8b4', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/choose_target.sql', 'a938d6b055b2a34c9192bfd13fed3af77706f5bd664077da68d940ccecbc4078', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/complete_at_once.sql', '2087b23b77cd8a8d96081de786e66a4e36f7a9aa8f11533e427069ba5ec6d149', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/credited_step.sql', '0e1c865055ad58a8b44073d8a516772da4d4ffb488aa161f8cb786725a7438ec', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/decide_again.sql', '8741d23858495530a58b588fde6a190b0c33f818d3260aeb0f8a3a506773b45c', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/decide_event.sql', 'fbf3b601e97642a696bc487181452d6ad4438cff5f50def1285ff28603fe1692', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/decide_without_step.sql', '82fcc5c711203fe807a655084007b1c593850022d5b74e040f7334b7bfca1658', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/event_to_decide.sql', '4ad83876bdb49c6d6f193e26f48709c0e9b6eecb9e9a4a21dad9eaebab19a7f3', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/field_fault.sql', '76a4e6f9fb1a7e33ee15a7446b23f615c8e38b146048099cd2a8c405cae57a02', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/has_duplicate_key.sql', '4262eed35b113df9806f989c79e7df827343ccd8aecacfede47c8b46813bf145', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/has_number_out_of_range.sql', 'ccabeb12c8711b2a45af577905a612e743d629140b14446bc21c59f3bab0d693', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/has_plain_fields.sql', '92e6bcba408cdeb7368e4d0fa80984429be4626a6116c2663ef691bf792e9695', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_known_progress.sql', 'd46598dcb34cf22eb8342740049fe26b89a06a924435389c563bedf1a2397dc0', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_name.sql', '5e7a99012ccc399db77642129b945b16508e6f20d55cc86640aa0471e16bc226', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_out_of_time.sql', '98e107e66011941ba4eeb0abcc7e39c74867d6784b2f5b73c489c529716d3a76', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_plain_object.sql', '7241236d9e94a22e3f1653060eeda10c9dbb8d523ad5f5e2c3e5a7e58875e86d', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_result.sql', '50eda8b2587aa4c39786537e5ea5df899019e101054ffe665c658aca0e23b3af', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/is_server_trouble.sql', '5efdb939e7163b88f977c9634987be52d32af8ae038bc2535fe9eb4b065e43ec', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/json_depth.sql', 'd34b71bc60994967182d4ba3cb91c9d14c1ef60c3eb1366eb53b9b73a95efd8d', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/keep_conflict.sql', '2d8edd0e36378e4c8008a9bb656ddfd13f433b0cc05ae09102177d5ff5e4e780', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/keep_possible_repeat.sql', '3be22f4148069c96113470336c6886bfbef62f61836a6b5bfd7bde71c017f295', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/link_partner_account.sql', '3fe5d542aa52a4bc50e2dc6328473bb030b2ce984fcaf4df0c6935be001a9778', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/lock_due_event.sql', '99778128dcd41546772887bbdaf44e9e1dfa5c51e4b74f5acb350b9118c72f60', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/lock_enrollments_of.sql', 'd1a3aba7980f02a39395c3f69ba3112c67acd9177044722e36c79cabb5f9de2d', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/mark_due.sql', '6b36d8ccf9243f2430417410f24b91864362951d33f9e600b11fa4774a708c43', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/mark_due_of_event_type.sql', 'd9d87096c890e2f5f8c754028e63f1b65f97f0abb3559c8cf7a6e68fd5e1bb01', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/mark_due_of_mapping.sql', '4d420a321a8ded41df2e6f9d738d96b0582ff9bf53f76c77b972948f0ab577f9', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/mark_due_of_partner.sql', '8228c72ebbd70f16dab8444f6d49ae13fd9357c827452189a39da85c5ee98747', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/mark_events_due.sql', 'd9d63f2601e0e9eda4378ea3b1a4b7572326c65a4296a68f7edf0d50187555e5', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/may_deliver.sql', '9887373270b60b4cd57c4bf34f81a8890026ed452c5a411a6a8ad9ce827e9ce2', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/names_step_of_another.sql', 'ea44e8e5507b55edc6ee5f01a16d321d5a2d54cbc6209daa5fbbd73d167f13cc', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/note_replay.sql', 'dcb35e395bb876de2ce0c829877033934156c0e54ee365b148bfba1dd395b63f', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/outcome_on_done_step.sql', 'e182bf65a733b477cf8d35ac2d3345b4ef287fa48a6729da63bbe0e7f755f455', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/outcome_on_open_step.sql', '3362aa44724169013315d434d604422dd9e580f9516a4566847cb2a6f79f4d39', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/parse_body.sql', 'a371af22e6f0ec803d804381c076058d5a9d7ba9db28c621119e689fbf3c4fbc', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/read_event.sql', '94a126c6faf3c062531de1366ac68f01a35b7b836c705c0bdd2d8aa96aad9491', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/receipt_of.sql', '03cf0a638cc03b66c11fdd72c6e37db503f11ab783992f01133a0bf8a0f6bd24', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/receive_again.sql', '1b347ae7b279f7393aa6dc58e665dec31716e5d457f8b6205d59cbafac8cf7d0', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/receive_partner_event.sql', 'daa75abfb18cc089993945fbe6395ba6764f996be0ca005c0149e43ded1f92a7', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/refuse_sender.sql', '32b2c33a526467a62eb0e321f46e304c65f94e9092b4eb0bf0da92b46a98271f', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/replay_partner_event.sql', '87cd5b9d7f0e134dccbf44de0c6525d5d7a51e19810d8a2855f5f283e6eb8fec', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/require_account.sql', 'a4fd7f28d1281daeac7b3b2f75d54d54da5cdae80f15f60c96eef610ed652498', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/require_step_of_event.sql', '4c39bbfb065bbad97e986f993890f7be2e733362972314e5b5dcfd30e1c7b494', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/stop_due_events.sql', 'd831cb5c280c8d9c20684d85547952e44318d0c3d8d9554297052785cc0df528', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/store_event.sql', '21baedbed1d5b3aeb4e105c57f0a8f41c4a339bd89b40149f31c6cfe0be418d2', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/store_outcome.sql', '9271acb95dff4015dcdedd921e8ad1f6fda728f311a563b0e1a62cde265e4dfa', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/student_of_account.sql', '076f10a99cfccaf75881b5afd787bd9b061e224436cf2d312890b86b6b8e098e', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/sweep_parked_events.sql', 'f6f8a2ddaf4a597e6c34e2101e58bce613a3113967d8a654b0e2e73914e97c68', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/targets_of_event.sql', '02a4cd6d48d87a86e09d332136cf7b67878836439ecbe3e309f8c6a7ee17a8f4', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/time_of.sql', '3a2edcf46dd60750a96a91e2ab0d3fc97501c8b72c1afeb5808c6f76d975cbb6', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/without_strings.sql', '22ab31bc4ef69054381ae757e4af451f0cbc85e72b6da442989be143399a473d', '2026-11-25 23:58:34.284994+00'),
	('functions/partner_events/would_complete.sql', '1d64cd95d630701fb705a198d7b23b0c829505c44b2e3904a14db649a4c3e63e', '2026-11-25 23:58:34.284994+00'),
	('functions/people/complete_sign_in.sql', 'f5dc08f449503757d94bf49620ef75b86fa91d92d359726b31da42ecf034a1ed', '2026-11-25 23:58:34.284994+00'),
	('functions/people/create_profile.sql', '2336ef2a2279af0cbd53d458949597801feea487f67f18fa86477d155884de89', '2026-11-25 23:58:34.284994+00'),
	('functions/people/end_session.sql', 'f0484f6317a8a8179800996cb00a906bf0faf8b617e82f44950e806aeb7f5e90', '2026-11-25 23:58:34.284994+00'),
	('functions/people/find_students.sql', 'dffbe24b4d432aafc55abbe1eee20cfe89876371cad5df40e9d2851c23c3de42', '2026-11-25 23:58:34.284994+00'),
	('functions/people/request_sign_in.sql', 'c6edac11ab4ba3c5275777dfe763a4e00b6fe7c4a407b020f2222ebc1797efb4', '2026-11-25 23:58:34.284994+00'),
	('functions/people/session_profile.sql', '469b8d1abca1b10d3553d59f9d1cf03bd15263e1a2ab54eda1ec99ed55fda0d3', '2026-11-25 23:58:34.284994+00'),
	('functions/session/caller_id.sql', 'e9c439af9e07c1d5267d7a38526883e9c7978778c744067cbe389b6c59afe018', '2026-11-25 23:58:34.284994+00'),
	('functions/session/caller_role.sql', '50279f1d389ac1e58dfddf3a9a7810704bee3823cee545e3cc32a68d1d884a88', '2026-11-25 23:58:34.284994+00'),
	('functions/session/clock.sql', 'acd6206a6547410c3a7596555b8edd360bd96e5838399306a4ddce7c0e6e25c4', '2026-11-25 23:58:34.284994+00'),
	('functions/session/require_admin.sql', 'cc1f0c5ba3e6138c7c8a0c872a862465dff1568c293343f92274693b67c27cd7', '2026-11-25 23:58:34.284994+00'),
	('functions/session/require_reason.sql', '10fcccbfbbe0e987b351650f788619d1657974f49de1c2f36766fe7b7c3c7bc6', '2026-11-25 23:58:34.284994+00'),
	('policies/00_nobody.sql', '36cc5386e13ae386ed586bd1151b1fc55ba9544abc252c8c74c99881315d4099', '2026-11-25 23:58:34.284994+00'),
	('policies/certificates.sql', '262e4ff70a72e13d67f65226bf521c7ebe97c9a14f0f330ffcb2141a6a945ca9', '2026-11-25 23:58:34.284994+00'),
	('policies/enrollment_steps.sql', '556cd880730cc65574ed96844ad753b88eac6d7191c8a5c209aecdf297f689b6', '2026-11-25 23:58:34.284994+00'),
	('policies/enrollments.sql', '17da35dd3fc17d801b6168141074939ceb7083f331813e8dbf1a6292adec93f9', '2026-11-25 23:58:34.284994+00'),
	('policies/event_replays.sql', 'da18952af1d326addfbd62d86d96b407a6705a2632c1e18b3a7633243612ef6f', '2026-11-25 23:58:34.284994+00'),
	('policies/functions.sql', '3864fea6cf9d475197c7213d26c63da7928bd6065d2950eccbfb3ba8fc109fb6', '2026-11-25 23:58:34.284994+00'),
	('policies/handoff_ops.sql', 'fdacf88adaab10bf7d1ecba89766048d524e5842d912fb042fe8a8a3aa4522f4', '2026-11-25 23:58:34.284994+00'),
	('policies/partner_accounts.sql', '90dee229387f16a35a0014e36a23f7caef076cbe295f602c36f41229d8393040', '2026-11-25 23:58:34.284994+00'),
	('policies/partner_event_conflicts.sql', '5599e58a42b262cb5e2f31a63904aaa9c3b588c74b1ad1135c8ee13e721cea78', '2026-11-25 23:58:34.284994+00'),
	('policies/partner_event_types.sql', 'a73f4e7a14dd028fc1c38a466d8008b78a7b7ab85f502377a8a725770219cc0c', '2026-11-25 23:58:34.284994+00'),
	('policies/partner_events.sql', 'd6ce3f9f85bf2efcffc23b0ebeba225796786319bb0e49e754deb1b38a8a9bec', '2026-11-25 23:58:34.284994+00'),
	('policies/partners.sql', '18cce2f2375476a7367fb2eea9b7ee8f0971d29d87818d12ecbf0620718d2a30', '2026-11-25 23:58:34.284994+00'),
	('policies/profiles.sql', '4e04999f1103b75fc24158ea3704ed4d58c4178243e4996768b90779718a3be7', '2026-11-25 23:58:34.284994+00'),
	('policies/program_partners.sql', '8edf25b5d646b7039d05f7531da6c27905a7020745bbae5ca889b4de35ecade4', '2026-11-25 23:58:34.284994+00'),
	('policies/programs.sql', 'afc34be01163bb382da98104c75de0ab053ebca2dbf1b4eaa444d9d449097908', '2026-11-25 23:58:34.284994+00'),
	('policies/sessions.sql', 'ac57bc6cc7d970dd40150b678e64bbce2d707c23ebabf11aa7dc4dd9ab756f37', '2026-11-25 23:58:34.284994+00'),
	('policies/sign_in_links.sql', 'e7a0e83c942a71e94b386477633a8e6820dd000107ea38f917ba92e56af06baf', '2026-11-25 23:58:34.284994+00'),
	('policies/step_transitions.sql', '938777b2886ea1bce0ed8336a07254481061979f37b050d739b7c37108f373cc', '2026-11-25 23:58:34.284994+00'),
	('policies/webhook_refusals.sql', '27813dd075ea45851eac7ee2a48f67894969c22c64c18b0000373c4a5dbb02fc', '2026-11-25 23:58:34.284994+00');


--
-- Data for Name: yoyo_lock; Type: TABLE DATA; Schema: handoff_ops; Owner: handoff_owner
--



--
-- Name: event_replays_id_seq; Type: SEQUENCE SET; Schema: handoff; Owner: handoff_owner
--

SELECT pg_catalog.setval('handoff.event_replays_id_seq', 1, false);


--
-- Name: partner_events_position_seq; Type: SEQUENCE SET; Schema: handoff; Owner: handoff_owner
--

SELECT pg_catalog.setval('handoff.partner_events_position_seq', 6, true);


--
-- Name: step_transitions_id_seq; Type: SEQUENCE SET; Schema: handoff; Owner: handoff_owner
--

SELECT pg_catalog.setval('handoff.step_transitions_id_seq', 18, true);


--
-- Name: certificates certificates_enrollment_id_key; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.certificates
    ADD CONSTRAINT certificates_enrollment_id_key UNIQUE (enrollment_id);


--
-- Name: certificates certificates_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.certificates
    ADD CONSTRAINT certificates_pkey PRIMARY KEY (number);


--
-- Name: enrollment_steps enrollment_steps_of_enrollment; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollment_steps
    ADD CONSTRAINT enrollment_steps_of_enrollment UNIQUE (id, enrollment_id);


--
-- Name: enrollment_steps enrollment_steps_order_unique; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollment_steps
    ADD CONSTRAINT enrollment_steps_order_unique UNIQUE (enrollment_id, sequence_order);


--
-- Name: enrollment_steps enrollment_steps_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollment_steps
    ADD CONSTRAINT enrollment_steps_pkey PRIMARY KEY (id);


--
-- Name: enrollments enrollments_of_student; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollments
    ADD CONSTRAINT enrollments_of_student UNIQUE (id, student_id);


--
-- Name: enrollments enrollments_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollments
    ADD CONSTRAINT enrollments_pkey PRIMARY KEY (id);


--
-- Name: event_replays event_replays_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.event_replays
    ADD CONSTRAINT event_replays_pkey PRIMARY KEY (id);


--
-- Name: partner_accounts partner_accounts_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_accounts
    ADD CONSTRAINT partner_accounts_pkey PRIMARY KEY (partner_slug, external_student_id);


--
-- Name: partner_event_conflicts partner_event_conflicts_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_event_conflicts
    ADD CONSTRAINT partner_event_conflicts_pkey PRIMARY KEY (receipt, body_sha256);


--
-- Name: partner_event_types partner_event_types_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_event_types
    ADD CONSTRAINT partner_event_types_pkey PRIMARY KEY (partner_slug, event_type);


--
-- Name: partner_events partner_events_key_unique; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_key_unique UNIQUE (partner_slug, event_key, repetition);


--
-- Name: partner_events partner_events_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_pkey PRIMARY KEY (receipt);


--
-- Name: partners partners_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partners
    ADD CONSTRAINT partners_pkey PRIMARY KEY (slug);


--
-- Name: profiles profiles_email_key; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.profiles
    ADD CONSTRAINT profiles_email_key UNIQUE (email);


--
-- Name: profiles profiles_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);


--
-- Name: program_partners program_partners_course_mapped_once; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.program_partners
    ADD CONSTRAINT program_partners_course_mapped_once EXCLUDE USING gist (handoff_private.text_span(((((program_slug || ' '::text) || partner_slug) || ' '::text) || COALESCE(course_ref, ''::text)), ((((program_slug || ' '::text) || partner_slug) || ' '::text) || COALESCE(course_ref, '􏿽'::text)), '[]'::text) WITH &&);


--
-- Name: program_partners program_partners_order_unique; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.program_partners
    ADD CONSTRAINT program_partners_order_unique UNIQUE (program_slug, sequence_order) DEFERRABLE;


--
-- Name: program_partners program_partners_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.program_partners
    ADD CONSTRAINT program_partners_pkey PRIMARY KEY (id);


--
-- Name: programs programs_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.programs
    ADD CONSTRAINT programs_pkey PRIMARY KEY (slug);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_hash);


--
-- Name: sign_in_links sign_in_links_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (token_hash);


--
-- Name: step_transitions step_transitions_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.step_transitions
    ADD CONSTRAINT step_transitions_pkey PRIMARY KEY (id);


--
-- Name: webhook_refusals webhook_refusals_pkey; Type: CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.webhook_refusals
    ADD CONSTRAINT webhook_refusals_pkey PRIMARY KEY (partner_slug, code, day);


--
-- Name: _yoyo_log _yoyo_log_pkey; Type: CONSTRAINT; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE ONLY handoff_ops._yoyo_log
    ADD CONSTRAINT _yoyo_log_pkey PRIMARY KEY (id);


--
-- Name: _yoyo_migration _yoyo_migration_pkey; Type: CONSTRAINT; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE ONLY handoff_ops._yoyo_migration
    ADD CONSTRAINT _yoyo_migration_pkey PRIMARY KEY (migration_hash);


--
-- Name: _yoyo_version _yoyo_version_pkey; Type: CONSTRAINT; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE ONLY handoff_ops._yoyo_version
    ADD CONSTRAINT _yoyo_version_pkey PRIMARY KEY (version);


--
-- Name: deployed_files deployed_files_pkey; Type: CONSTRAINT; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE ONLY handoff_ops.deployed_files
    ADD CONSTRAINT deployed_files_pkey PRIMARY KEY (path);


--
-- Name: yoyo_lock yoyo_lock_pkey; Type: CONSTRAINT; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE ONLY handoff_ops.yoyo_lock
    ADD CONSTRAINT yoyo_lock_pkey PRIMARY KEY (locked);


--
-- Name: certificates_program; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX certificates_program ON handoff.certificates USING btree (program_slug);


--
-- Name: certificates_student; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX certificates_student ON handoff.certificates USING btree (student_id);


--
-- Name: enrollment_steps_external; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX enrollment_steps_external ON handoff.enrollment_steps USING btree (partner_slug, external_enrollment_id) WHERE (external_enrollment_id IS NOT NULL);


--
-- Name: enrollment_steps_one_in_progress; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE UNIQUE INDEX enrollment_steps_one_in_progress ON handoff.enrollment_steps USING btree (enrollment_id) WHERE (status = 'in_progress'::text);


--
-- Name: enrollment_steps_partner; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX enrollment_steps_partner ON handoff.enrollment_steps USING btree (partner_slug, status);


--
-- Name: enrollments_one_open; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE UNIQUE INDEX enrollments_one_open ON handoff.enrollments USING btree (student_id, program_slug) WHERE (status = ANY (ARRAY['pending'::text, 'active'::text, 'on_hold'::text]));


--
-- Name: enrollments_program; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX enrollments_program ON handoff.enrollments USING btree (program_slug);


--
-- Name: enrollments_student; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX enrollments_student ON handoff.enrollments USING btree (student_id);


--
-- Name: event_replays_actor; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX event_replays_actor ON handoff.event_replays USING btree (actor_id) WHERE (actor_id IS NOT NULL);


--
-- Name: event_replays_receipt; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX event_replays_receipt ON handoff.event_replays USING btree (receipt) WHERE (receipt IS NOT NULL);


--
-- Name: partner_accounts_student; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_accounts_student ON handoff.partner_accounts USING btree (student_id) WHERE (student_id IS NOT NULL);


--
-- Name: partner_event_conflicts_received; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_event_conflicts_received ON handoff.partner_event_conflicts USING btree (received_at, receipt, body_sha256);


--
-- Name: partner_events_attention; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_attention ON handoff.partner_events USING btree (received_at, receipt) WHERE (status = ANY (ARRAY['parked'::text, 'rejected'::text]));


--
-- Name: partner_events_due; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_due ON handoff.partner_events USING btree ("position") WHERE (due_at IS NOT NULL);


--
-- Name: partner_events_enrollment; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_enrollment ON handoff.partner_events USING btree (enrollment_id) WHERE (enrollment_id IS NOT NULL);


--
-- Name: partner_events_outcome; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_outcome ON handoff.partner_events USING btree (partner_slug, reason, "position") WHERE (channel = 'webhook'::text);


--
-- Name: partner_events_received; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_received ON handoff.partner_events USING brin (received_at);


--
-- Name: partner_events_step; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_step ON handoff.partner_events USING btree (step_id) WHERE (step_id IS NOT NULL);


--
-- Name: partner_events_student; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_student ON handoff.partner_events USING btree (student_id, partner_slug, "position") WHERE (student_id IS NOT NULL);


--
-- Name: partner_events_waiting; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX partner_events_waiting ON handoff.partner_events USING btree (partner_slug, external_student_id) WHERE (status = 'parked'::text);


--
-- Name: program_partners_partner; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX program_partners_partner ON handoff.program_partners USING btree (partner_slug);


--
-- Name: sessions_profile; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX sessions_profile ON handoff.sessions USING btree (profile_id);


--
-- Name: sign_in_links_profile; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX sign_in_links_profile ON handoff.sign_in_links USING btree (profile_id, created_at);


--
-- Name: step_transitions_actor; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX step_transitions_actor ON handoff.step_transitions USING btree (actor_id) WHERE (actor_id IS NOT NULL);


--
-- Name: step_transitions_enrollment; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX step_transitions_enrollment ON handoff.step_transitions USING btree (enrollment_id, id);


--
-- Name: step_transitions_event; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX step_transitions_event ON handoff.step_transitions USING btree (event_receipt) WHERE (event_receipt IS NOT NULL);


--
-- Name: step_transitions_recent; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX step_transitions_recent ON handoff.step_transitions USING brin (occurred_at);


--
-- Name: step_transitions_step; Type: INDEX; Schema: handoff; Owner: handoff_owner
--

CREATE INDEX step_transitions_step ON handoff.step_transitions USING btree (step_id) WHERE (step_id IS NOT NULL);


--
-- Name: event_replays append_only; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON handoff.event_replays FOR EACH STATEMENT EXECUTE FUNCTION handoff_private.refuse_change();


--
-- Name: step_transitions append_only; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON handoff.step_transitions FOR EACH STATEMENT EXECUTE FUNCTION handoff_private.refuse_change();


--
-- Name: partner_event_types mark_due; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER mark_due AFTER INSERT OR UPDATE ON handoff.partner_event_types FOR EACH ROW EXECUTE FUNCTION handoff_private.mark_due_of_event_type();


--
-- Name: partners mark_due; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER mark_due AFTER UPDATE OF status ON handoff.partners FOR EACH ROW EXECUTE FUNCTION handoff_private.mark_due_of_partner();


--
-- Name: program_partners mark_due; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER mark_due AFTER INSERT OR UPDATE ON handoff.program_partners FOR EACH ROW EXECUTE FUNCTION handoff_private.mark_due_of_mapping();


--
-- Name: enrollment_steps record_creation; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER record_creation AFTER INSERT ON handoff.enrollment_steps FOR EACH ROW EXECUTE FUNCTION handoff_private.record_step_transition();


--
-- Name: enrollments record_creation; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER record_creation AFTER INSERT ON handoff.enrollments FOR EACH ROW EXECUTE FUNCTION handoff_private.record_enrollment_transition();


--
-- Name: enrollment_steps record_transition; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER record_transition AFTER UPDATE OF status ON handoff.enrollment_steps FOR EACH ROW EXECUTE FUNCTION handoff_private.record_step_transition();


--
-- Name: enrollments record_transition; Type: TRIGGER; Schema: handoff; Owner: handoff_owner
--

CREATE TRIGGER record_transition AFTER UPDATE OF status ON handoff.enrollments FOR EACH ROW EXECUTE FUNCTION handoff_private.record_enrollment_transition();


--
-- Name: certificates certificates_enrollment_id_student_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.certificates
    ADD CONSTRAINT certificates_enrollment_id_student_id_fkey FOREIGN KEY (enrollment_id, student_id) REFERENCES handoff.enrollments(id, student_id) ON DELETE RESTRICT;


--
-- Name: certificates certificates_program_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.certificates
    ADD CONSTRAINT certificates_program_slug_fkey FOREIGN KEY (program_slug) REFERENCES handoff.programs(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: certificates certificates_student_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.certificates
    ADD CONSTRAINT certificates_student_id_fkey FOREIGN KEY (student_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: enrollment_steps enrollment_steps_enrollment_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollment_steps
    ADD CONSTRAINT enrollment_steps_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES handoff.enrollments(id) ON DELETE RESTRICT;


--
-- Name: enrollment_steps enrollment_steps_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollment_steps
    ADD CONSTRAINT enrollment_steps_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: enrollments enrollments_program_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollments
    ADD CONSTRAINT enrollments_program_slug_fkey FOREIGN KEY (program_slug) REFERENCES handoff.programs(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: enrollments enrollments_student_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.enrollments
    ADD CONSTRAINT enrollments_student_id_fkey FOREIGN KEY (student_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: event_replays event_replays_actor_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.event_replays
    ADD CONSTRAINT event_replays_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: event_replays event_replays_receipt_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.event_replays
    ADD CONSTRAINT event_replays_receipt_fkey FOREIGN KEY (receipt) REFERENCES handoff.partner_events(receipt) ON DELETE RESTRICT;


--
-- Name: partner_accounts partner_accounts_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_accounts
    ADD CONSTRAINT partner_accounts_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: partner_accounts partner_accounts_student_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_accounts
    ADD CONSTRAINT partner_accounts_student_id_fkey FOREIGN KEY (student_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: partner_event_conflicts partner_event_conflicts_receipt_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_event_conflicts
    ADD CONSTRAINT partner_event_conflicts_receipt_fkey FOREIGN KEY (receipt) REFERENCES handoff.partner_events(receipt) ON DELETE RESTRICT;


--
-- Name: partner_event_types partner_event_types_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_event_types
    ADD CONSTRAINT partner_event_types_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: partner_events partner_events_enrollment_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES handoff.enrollments(id) ON DELETE RESTRICT;


--
-- Name: partner_events partner_events_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: partner_events partner_events_step_id_enrollment_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_step_id_enrollment_id_fkey FOREIGN KEY (step_id, enrollment_id) REFERENCES handoff.enrollment_steps(id, enrollment_id) ON DELETE RESTRICT;


--
-- Name: partner_events partner_events_student_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.partner_events
    ADD CONSTRAINT partner_events_student_id_fkey FOREIGN KEY (student_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: program_partners program_partners_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.program_partners
    ADD CONSTRAINT program_partners_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: program_partners program_partners_program_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.program_partners
    ADD CONSTRAINT program_partners_program_slug_fkey FOREIGN KEY (program_slug) REFERENCES handoff.programs(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: sessions sessions_profile_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.sessions
    ADD CONSTRAINT sessions_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES handoff.profiles(id) ON DELETE CASCADE;


--
-- Name: sign_in_links sign_in_links_profile_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.sign_in_links
    ADD CONSTRAINT sign_in_links_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES handoff.profiles(id) ON DELETE CASCADE;


--
-- Name: step_transitions step_transitions_actor_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.step_transitions
    ADD CONSTRAINT step_transitions_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES handoff.profiles(id) ON DELETE RESTRICT;


--
-- Name: step_transitions step_transitions_enrollment_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.step_transitions
    ADD CONSTRAINT step_transitions_enrollment_id_fkey FOREIGN KEY (enrollment_id) REFERENCES handoff.enrollments(id) ON DELETE RESTRICT;


--
-- Name: step_transitions step_transitions_event_receipt_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.step_transitions
    ADD CONSTRAINT step_transitions_event_receipt_fkey FOREIGN KEY (event_receipt) REFERENCES handoff.partner_events(receipt) ON DELETE RESTRICT;


--
-- Name: step_transitions step_transitions_step_id_enrollment_id_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.step_transitions
    ADD CONSTRAINT step_transitions_step_id_enrollment_id_fkey FOREIGN KEY (step_id, enrollment_id) REFERENCES handoff.enrollment_steps(id, enrollment_id) ON DELETE RESTRICT;


--
-- Name: webhook_refusals webhook_refusals_partner_slug_fkey; Type: FK CONSTRAINT; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE ONLY handoff.webhook_refusals
    ADD CONSTRAINT webhook_refusals_partner_slug_fkey FOREIGN KEY (partner_slug) REFERENCES handoff.partners(slug) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: certificates admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.certificates FOR SELECT TO handoff_admin USING (true);


--
-- Name: enrollment_steps admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.enrollment_steps FOR SELECT TO handoff_admin USING (true);


--
-- Name: enrollments admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.enrollments FOR SELECT TO handoff_admin USING (true);


--
-- Name: event_replays admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.event_replays FOR SELECT TO handoff_admin USING (true);


--
-- Name: partner_accounts admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.partner_accounts FOR SELECT TO handoff_admin USING (true);


--
-- Name: partner_event_conflicts admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.partner_event_conflicts FOR SELECT TO handoff_admin USING (true);


--
-- Name: partner_event_types admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.partner_event_types FOR SELECT TO handoff_admin USING (true);


--
-- Name: partner_events admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.partner_events FOR SELECT TO handoff_admin USING (true);


--
-- Name: partners admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.partners FOR SELECT TO handoff_admin USING (true);


--
-- Name: profiles admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.profiles FOR SELECT TO handoff_admin USING (true);


--
-- Name: program_partners admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.program_partners FOR SELECT TO handoff_admin USING (true);


--
-- Name: programs admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.programs FOR SELECT TO handoff_admin USING (true);


--
-- Name: step_transitions admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.step_transitions FOR SELECT TO handoff_admin USING (true);


--
-- Name: webhook_refusals admin_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY admin_reads ON handoff.webhook_refusals FOR SELECT TO handoff_admin USING (true);


--
-- Name: certificates; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.certificates ENABLE ROW LEVEL SECURITY;

--
-- Name: enrollment_steps; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.enrollment_steps ENABLE ROW LEVEL SECURITY;

--
-- Name: enrollments; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.enrollments ENABLE ROW LEVEL SECURITY;

--
-- Name: event_replays; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.event_replays ENABLE ROW LEVEL SECURITY;

--
-- Name: certificates owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.certificates TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: enrollment_steps owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.enrollment_steps TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: enrollments owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.enrollments TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: event_replays owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.event_replays TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partner_accounts owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.partner_accounts TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partner_event_conflicts owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.partner_event_conflicts TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partner_event_types owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.partner_event_types TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partner_events owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.partner_events TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partners owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.partners TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: profiles owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.profiles TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: program_partners owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.program_partners TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: programs owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.programs TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: sessions owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.sessions TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: sign_in_links owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.sign_in_links TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: step_transitions owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.step_transitions TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: webhook_refusals owner_all; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff.webhook_refusals TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: partner_accounts; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partner_accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: partner_event_conflicts; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partner_event_conflicts ENABLE ROW LEVEL SECURITY;

--
-- Name: partner_event_types; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partner_event_types ENABLE ROW LEVEL SECURITY;

--
-- Name: partner_events; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partner_events ENABLE ROW LEVEL SECURITY;

--
-- Name: partners; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.partners ENABLE ROW LEVEL SECURITY;

--
-- Name: profiles; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.profiles ENABLE ROW LEVEL SECURITY;

--
-- Name: program_partners; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.program_partners ENABLE ROW LEVEL SECURITY;

--
-- Name: programs; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.programs ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_in_links; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.sign_in_links ENABLE ROW LEVEL SECURITY;

--
-- Name: step_transitions; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.step_transitions ENABLE ROW LEVEL SECURITY;

--
-- Name: partner_event_types student_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads ON handoff.partner_event_types FOR SELECT TO handoff_student USING (true);


--
-- Name: partners student_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads ON handoff.partners FOR SELECT TO handoff_student USING (true);


--
-- Name: programs student_reads; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads ON handoff.programs FOR SELECT TO handoff_student USING (true);


--
-- Name: certificates student_reads_own; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads_own ON handoff.certificates FOR SELECT TO handoff_student USING ((student_id = ( SELECT handoff.caller_id() AS caller_id)));


--
-- Name: enrollment_steps student_reads_own; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads_own ON handoff.enrollment_steps FOR SELECT TO handoff_student USING ((enrollment_id = ANY (ARRAY( SELECT e.id
   FROM handoff.enrollments e
  WHERE (e.student_id = ( SELECT handoff.caller_id() AS caller_id))))));


--
-- Name: enrollments student_reads_own; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads_own ON handoff.enrollments FOR SELECT TO handoff_student USING ((student_id = ( SELECT handoff.caller_id() AS caller_id)));


--
-- Name: profiles student_reads_own; Type: POLICY; Schema: handoff; Owner: handoff_owner
--

CREATE POLICY student_reads_own ON handoff.profiles FOR SELECT TO handoff_student USING ((id = ( SELECT handoff.caller_id() AS caller_id)));


--
-- Name: webhook_refusals; Type: ROW SECURITY; Schema: handoff; Owner: handoff_owner
--

ALTER TABLE handoff.webhook_refusals ENABLE ROW LEVEL SECURITY;

--
-- Name: _yoyo_log; Type: ROW SECURITY; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE handoff_ops._yoyo_log ENABLE ROW LEVEL SECURITY;

--
-- Name: _yoyo_migration; Type: ROW SECURITY; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE handoff_ops._yoyo_migration ENABLE ROW LEVEL SECURITY;

--
-- Name: _yoyo_version; Type: ROW SECURITY; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE handoff_ops._yoyo_version ENABLE ROW LEVEL SECURITY;

--
-- Name: deployed_files; Type: ROW SECURITY; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE handoff_ops.deployed_files ENABLE ROW LEVEL SECURITY;

--
-- Name: _yoyo_log owner_all; Type: POLICY; Schema: handoff_ops; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff_ops._yoyo_log TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: _yoyo_migration owner_all; Type: POLICY; Schema: handoff_ops; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff_ops._yoyo_migration TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: _yoyo_version owner_all; Type: POLICY; Schema: handoff_ops; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff_ops._yoyo_version TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: deployed_files owner_all; Type: POLICY; Schema: handoff_ops; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff_ops.deployed_files TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: yoyo_lock owner_all; Type: POLICY; Schema: handoff_ops; Owner: handoff_owner
--

CREATE POLICY owner_all ON handoff_ops.yoyo_lock TO handoff_owner USING (true) WITH CHECK (true);


--
-- Name: yoyo_lock; Type: ROW SECURITY; Schema: handoff_ops; Owner: handoff_owner
--

ALTER TABLE handoff_ops.yoyo_lock ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA handoff; Type: ACL; Schema: -; Owner: handoff_owner
--

GRANT USAGE ON SCHEMA handoff TO handoff_student;
GRANT USAGE ON SCHEMA handoff TO handoff_admin;
GRANT USAGE ON SCHEMA handoff TO handoff_public;
GRANT USAGE ON SCHEMA handoff TO handoff_webhook;
GRANT USAGE ON SCHEMA handoff TO handoff_worker;


--
-- Name: TYPE event_receipt; Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON TYPE handoff.event_receipt FROM PUBLIC;
GRANT ALL ON TYPE handoff.event_receipt TO handoff_admin;
GRANT ALL ON TYPE handoff.event_receipt TO handoff_webhook;
GRANT ALL ON TYPE handoff.event_receipt TO handoff_worker;


--
-- Name: TYPE act; Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON TYPE handoff_private.act FROM PUBLIC;


--
-- Name: TYPE text_span; Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON TYPE handoff_private.text_span FROM PUBLIC;


--
-- Name: FUNCTION advance_to_next_step(p_enrollment_id uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.advance_to_next_step(p_enrollment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.advance_to_next_step(p_enrollment_id uuid) TO handoff_worker;


--
-- Name: FUNCTION apply_due_events(p_limit integer, OUT tried integer, OUT applied integer); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.apply_due_events(p_limit integer, OUT tried integer, OUT applied integer) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.apply_due_events(p_limit integer, OUT tried integer, OUT applied integer) TO handoff_admin;
GRANT ALL ON FUNCTION handoff.apply_due_events(p_limit integer, OUT tried integer, OUT applied integer) TO handoff_worker;


--
-- Name: FUNCTION approve_enrollment(p_enrollment_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.approve_enrollment(p_enrollment_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.approve_enrollment(p_enrollment_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.assign_partner_event(p_receipt uuid, p_step_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION attention_counts(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.attention_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.attention_counts() TO handoff_admin;


--
-- Name: FUNCTION auto_advanced_today(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.auto_advanced_today() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.auto_advanced_today() TO handoff_admin;


--
-- Name: FUNCTION automation_rates(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.automation_rates() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.automation_rates() TO handoff_admin;


--
-- Name: FUNCTION caller_id(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.caller_id() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.caller_id() TO handoff_student;
GRANT ALL ON FUNCTION handoff.caller_id() TO handoff_admin;


--
-- Name: FUNCTION certificate_details(p_number text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.certificate_details(p_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.certificate_details(p_number text) TO handoff_student;
GRANT ALL ON FUNCTION handoff.certificate_details(p_number text) TO handoff_admin;


--
-- Name: FUNCTION clock(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.clock() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.clock() TO handoff_student;
GRANT ALL ON FUNCTION handoff.clock() TO handoff_admin;


--
-- Name: FUNCTION complete_sign_in(p_token_hash bytea, p_session_hash bytea); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.complete_sign_in(p_token_hash bytea, p_session_hash bytea) TO handoff_public;


--
-- Name: FUNCTION count_refusals(p_partner_slug text, p_code text, p_refusals integer); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.count_refusals(p_partner_slug text, p_code text, p_refusals integer) TO handoff_public;


--
-- Name: FUNCTION create_profile(p_email text, p_full_name text, p_role text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.create_profile(p_email text, p_full_name text, p_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.create_profile(p_email text, p_full_name text, p_role text) TO handoff_admin;


--
-- Name: FUNCTION deployed_fingerprint(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.deployed_fingerprint() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.deployed_fingerprint() TO handoff_public;


--
-- Name: FUNCTION drop_old_bodies(p_older_than interval, p_limit integer); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer) TO handoff_admin;
GRANT ALL ON FUNCTION handoff.drop_old_bodies(p_older_than interval, p_limit integer) TO handoff_worker;


--
-- Name: FUNCTION due_events(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.due_events() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.due_events() TO handoff_admin;


--
-- Name: FUNCTION end_session(p_session_hash bytea); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.end_session(p_session_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.end_session(p_session_hash bytea) TO handoff_public;


--
-- Name: FUNCTION enroll_student(p_student_id uuid, p_program_slug text, p_again boolean); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean) TO handoff_admin;
GRANT ALL ON FUNCTION handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean) TO handoff_worker;


--
-- Name: FUNCTION event_candidates(p_receipt uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.event_candidates(p_receipt uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.event_candidates(p_receipt uuid) TO handoff_admin;


--
-- Name: FUNCTION event_conflicts(p_receipt uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.event_conflicts(p_receipt uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.event_conflicts(p_receipt uuid) TO handoff_admin;


--
-- Name: FUNCTION event_details(p_receipt uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.event_details(p_receipt uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.event_details(p_receipt uuid) TO handoff_admin;


--
-- Name: FUNCTION event_history(p_receipt uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.event_history(p_receipt uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.event_history(p_receipt uuid) TO handoff_admin;


--
-- Name: FUNCTION fail_step(p_step_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.fail_step(p_step_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.fail_step(p_step_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.find_events(p_partner_slug text, p_status text, p_reason text, p_before_at timestamp with time zone, p_before_receipt uuid, p_before_sha256 bytea, p_limit integer) TO handoff_admin;


--
-- Name: FUNCTION find_students(p_text text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.find_students(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.find_students(p_text text) TO handoff_admin;


--
-- Name: FUNCTION generate_enrollment_steps(p_enrollment_id uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.generate_enrollment_steps(p_enrollment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.generate_enrollment_steps(p_enrollment_id uuid) TO handoff_worker;


--
-- Name: FUNCTION get_current_step(p_enrollment_id uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.get_current_step(p_enrollment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.get_current_step(p_enrollment_id uuid) TO handoff_student;
GRANT ALL ON FUNCTION handoff.get_current_step(p_enrollment_id uuid) TO handoff_admin;


--
-- Name: FUNCTION hold_enrollment(p_enrollment_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.hold_enrollment(p_enrollment_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.hold_enrollment(p_enrollment_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION is_enrollment_complete(p_enrollment_id uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) TO handoff_student;
GRANT ALL ON FUNCTION handoff.is_enrollment_complete(p_enrollment_id uuid) TO handoff_admin;


--
-- Name: FUNCTION link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.link_partner_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) TO handoff_admin;


--
-- Name: FUNCTION mark_events_due(p_partner_slug text, p_status text, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.mark_events_due(p_partner_slug text, p_status text, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.mark_events_due(p_partner_slug text, p_status text, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION mark_step_complete(p_step_id uuid, p_external_enrollment_id text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.mark_step_complete(p_step_id uuid, p_external_enrollment_id text) TO handoff_worker;


--
-- Name: FUNCTION partner_directory(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.partner_directory() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.partner_directory() TO handoff_public;


--
-- Name: FUNCTION partner_onboarding(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.partner_onboarding() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.partner_onboarding() TO handoff_admin;


--
-- Name: FUNCTION partner_pipeline(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.partner_pipeline() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.partner_pipeline() TO handoff_admin;


--
-- Name: FUNCTION program_rates(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.program_rates() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.program_rates() TO handoff_admin;


--
-- Name: FUNCTION receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) TO handoff_admin;
GRANT ALL ON FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) TO handoff_webhook;
GRANT ALL ON FUNCTION handoff.receive_partner_event(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) TO handoff_worker;


--
-- Name: FUNCTION recent_changes(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.recent_changes() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.recent_changes() TO handoff_admin;


--
-- Name: FUNCTION reopen_step(p_step_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.reopen_step(p_step_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.reopen_step(p_step_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION replay_partner_event(p_receipt uuid); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.replay_partner_event(p_receipt uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.replay_partner_event(p_receipt uuid) TO handoff_admin;
GRANT ALL ON FUNCTION handoff.replay_partner_event(p_receipt uuid) TO handoff_worker;


--
-- Name: FUNCTION request_sign_in(p_email text, p_token_hash bytea); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.request_sign_in(p_email text, p_token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.request_sign_in(p_email text, p_token_hash bytea) TO handoff_public;


--
-- Name: FUNCTION resume_enrollment(p_enrollment_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.resume_enrollment(p_enrollment_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.resume_enrollment(p_enrollment_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION session_profile(p_session_hash bytea); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.session_profile(p_session_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.session_profile(p_session_hash bytea) TO handoff_public;


--
-- Name: FUNCTION skip_step(p_step_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.skip_step(p_step_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.skip_step(p_step_id uuid, p_reason text) TO handoff_admin;


--
-- Name: FUNCTION stop_due_events(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.stop_due_events() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.stop_due_events() TO handoff_admin;


--
-- Name: FUNCTION stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.stuck_reason(p_enrollment_id uuid, p_activated_at timestamp with time zone, p_now timestamp with time zone) TO handoff_admin;


--
-- Name: FUNCTION stuck_students(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.stuck_students() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.stuck_students() TO handoff_admin;


--
-- Name: FUNCTION student_enrollments(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.student_enrollments() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.student_enrollments() TO handoff_student;
GRANT ALL ON FUNCTION handoff.student_enrollments() TO handoff_admin;


--
-- Name: FUNCTION student_steps(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.student_steps() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.student_steps() TO handoff_student;
GRANT ALL ON FUNCTION handoff.student_steps() TO handoff_admin;


--
-- Name: FUNCTION sweep_parked_events(); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.sweep_parked_events() FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.sweep_parked_events() TO handoff_admin;
GRANT ALL ON FUNCTION handoff.sweep_parked_events() TO handoff_worker;


--
-- Name: FUNCTION verify_certificate(p_number text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.verify_certificate(p_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.verify_certificate(p_number text) TO handoff_public;


--
-- Name: FUNCTION withdraw_enrollment(p_enrollment_id uuid, p_reason text); Type: ACL; Schema: handoff; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION handoff.withdraw_enrollment(p_enrollment_id uuid, p_reason text) TO handoff_admin;


--
-- Name: TABLE partner_events; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.partner_events TO handoff_admin;


--
-- Name: FUNCTION act_on_event(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.act_on_event(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION acting_person(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.acting_person() FROM PUBLIC;


--
-- Name: FUNCTION advance(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.advance(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION apply_event(p_event handoff.partner_events, p_step_id uuid, p_is_new boolean); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.apply_event(p_event handoff.partner_events, p_step_id uuid, p_is_new boolean) FROM PUBLIC;


--
-- Name: FUNCTION apply_events(p_receipts uuid[]); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.apply_events(p_receipts uuid[]) FROM PUBLIC;


--
-- Name: FUNCTION apply_waiting(p_enrollment_id uuid, p_reason text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.apply_waiting(p_enrollment_id uuid, p_reason text) FROM PUBLIC;


--
-- Name: FUNCTION assigned_target(p_step_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.assigned_target(p_step_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION begin_act(p_cause text, p_reason text, p_event uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.begin_act(p_cause text, p_reason text, p_event uuid) FROM PUBLIC;


--
-- Name: FUNCTION body_fault(p_body bytea); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.body_fault(p_body bytea) FROM PUBLIC;


--
-- Name: FUNCTION book_faults(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.book_faults() FROM PUBLIC;


--
-- Name: FUNCTION caller_role(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.caller_role() FROM PUBLIC;


--
-- Name: FUNCTION check_character(p_text text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.check_character(p_text text) FROM PUBLIC;


--
-- Name: FUNCTION check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.check_delivery(p_event_key text, p_body bytea, p_channel text, p_context jsonb) FROM PUBLIC;


--
-- Name: FUNCTION choose_target(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.choose_target(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION complete_at_once(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.complete_at_once(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION complete_enrollment(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.complete_enrollment(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.complete_step(p_step_id uuid, p_enrollment_id uuid, p_external_enrollment_id text, p_partner_completed_at timestamp with time zone) FROM PUBLIC;


--
-- Name: FUNCTION completed_partners(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.completed_partners(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION continue_act(p_cause text, p_event uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.continue_act(p_cause text, p_event uuid) FROM PUBLIC;


--
-- Name: TABLE enrollments; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.enrollments TO handoff_admin;
GRANT SELECT ON TABLE handoff.enrollments TO handoff_student;


--
-- Name: FUNCTION create_steps(p_enrollment handoff.enrollments); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.create_steps(p_enrollment handoff.enrollments) FROM PUBLIC;


--
-- Name: FUNCTION credited_step(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.credited_step(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION current_act(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.current_act() FROM PUBLIC;


--
-- Name: FUNCTION decide_again(p_receipt uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.decide_again(p_receipt uuid) FROM PUBLIC;


--
-- Name: FUNCTION decide_event(p_event handoff.partner_events, p_step_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.decide_event(p_event handoff.partner_events, p_step_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION decide_without_step(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.decide_without_step(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION enrollment_status(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.enrollment_status(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION event_to_decide(p_receipt uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.event_to_decide(p_receipt uuid) FROM PUBLIC;


--
-- Name: TABLE partner_event_types; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.partner_event_types TO handoff_admin;


--
-- Name: COLUMN partner_event_types.partner_slug; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(partner_slug) ON TABLE handoff.partner_event_types TO handoff_student;


--
-- Name: COLUMN partner_event_types.event_type; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(event_type) ON TABLE handoff.partner_event_types TO handoff_student;


--
-- Name: COLUMN partner_event_types.progress_total; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(progress_total) ON TABLE handoff.partner_event_types TO handoff_student;


--
-- Name: FUNCTION field_fault(p_doc jsonb, p_type handoff.partner_event_types); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.field_fault(p_doc jsonb, p_type handoff.partner_event_types) FROM PUBLIC;


--
-- Name: FUNCTION has_duplicate_key(p_object text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.has_duplicate_key(p_object text) FROM PUBLIC;


--
-- Name: FUNCTION has_number_out_of_range(p_text text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.has_number_out_of_range(p_text text) FROM PUBLIC;


--
-- Name: FUNCTION has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.has_plain_fields(p_doc jsonb, p_type handoff.partner_event_types) FROM PUBLIC;


--
-- Name: FUNCTION is_known_progress(p_event handoff.partner_events, p_step_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_known_progress(p_event handoff.partner_events, p_step_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION is_name(p_value jsonb, p_max_length integer); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_name(p_value jsonb, p_max_length integer) FROM PUBLIC;


--
-- Name: FUNCTION is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_out_of_time(p_completed_at timestamp with time zone, p_received_at timestamp with time zone, p_enrolled_at timestamp with time zone) FROM PUBLIC;


--
-- Name: FUNCTION is_plain_object(p_text text, p_kept text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_plain_object(p_text text, p_kept text) FROM PUBLIC;


--
-- Name: FUNCTION is_result(p_value jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_result(p_value jsonb) FROM PUBLIC;


--
-- Name: FUNCTION is_server_trouble(p_sqlstate text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.is_server_trouble(p_sqlstate text) FROM PUBLIC;


--
-- Name: FUNCTION issue_certificate(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.issue_certificate(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION json_depth(p_text text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.json_depth(p_text text) FROM PUBLIC;


--
-- Name: FUNCTION keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.keep_conflict(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) FROM PUBLIC;


--
-- Name: FUNCTION keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.keep_possible_repeat(p_event handoff.partner_events, p_body bytea, p_channel text, p_context jsonb) FROM PUBLIC;


--
-- Name: FUNCTION lock_due_event(p_receipt uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.lock_due_event(p_receipt uuid) FROM PUBLIC;


--
-- Name: FUNCTION lock_enrollment(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.lock_enrollment(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION lock_enrollments_of(p_student_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.lock_enrollments_of(p_student_id uuid) FROM PUBLIC;


--
-- Name: TABLE enrollment_steps; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.enrollment_steps TO handoff_admin;
GRANT SELECT ON TABLE handoff.enrollment_steps TO handoff_student;


--
-- Name: FUNCTION lock_step(p_step_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.lock_step(p_step_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION lock_student(p_student_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.lock_student(p_student_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION mark_due(p_receipts uuid[]); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.mark_due(p_receipts uuid[]) FROM PUBLIC;


--
-- Name: FUNCTION mark_due_of_event_type(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.mark_due_of_event_type() FROM PUBLIC;


--
-- Name: FUNCTION mark_due_of_mapping(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.mark_due_of_mapping() FROM PUBLIC;


--
-- Name: FUNCTION mark_due_of_partner(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.mark_due_of_partner() FROM PUBLIC;


--
-- Name: FUNCTION may_deliver(p_channel text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.may_deliver(p_channel text) FROM PUBLIC;


--
-- Name: FUNCTION names_step_of_another(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.names_step_of_another(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION new_certificate_number(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.new_certificate_number() FROM PUBLIC;


--
-- Name: FUNCTION normal_certificate_number(p_number text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.normal_certificate_number(p_number text) FROM PUBLIC;


--
-- Name: FUNCTION note_replay(p_act text, p_events integer, p_receipt uuid, p_partner_slug text, p_status text, p_reason text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.note_replay(p_act text, p_events integer, p_receipt uuid, p_partner_slug text, p_status text, p_reason text) FROM PUBLIC;


--
-- Name: FUNCTION outcome_on_done_step(p_event handoff.partner_events, p_step_status text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.outcome_on_done_step(p_event handoff.partner_events, p_step_status text) FROM PUBLIC;


--
-- Name: FUNCTION outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.outcome_on_open_step(p_event handoff.partner_events, p_step_id uuid, p_step_status text) FROM PUBLIC;


--
-- Name: FUNCTION parse_body(p_body bytea); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.parse_body(p_body bytea) FROM PUBLIC;


--
-- Name: TABLE programs; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.programs TO handoff_admin;


--
-- Name: COLUMN programs.slug; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(slug) ON TABLE handoff.programs TO handoff_student;


--
-- Name: COLUMN programs.name; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(name) ON TABLE handoff.programs TO handoff_student;


--
-- Name: COLUMN programs.description; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(description) ON TABLE handoff.programs TO handoff_student;


--
-- Name: FUNCTION program_to_enroll_in(p_program_slug text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.program_to_enroll_in(p_program_slug text) FROM PUBLIC;


--
-- Name: FUNCTION read_event(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.read_event(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION receipt_of(p_event handoff.partner_events, p_status text, p_reason text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.receipt_of(p_event handoff.partner_events, p_status text, p_reason text) FROM PUBLIC;


--
-- Name: FUNCTION receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.receive_again(p_partner_slug text, p_event_key text, p_body bytea, p_channel text, p_context jsonb) FROM PUBLIC;


--
-- Name: FUNCTION record_enrollment_transition(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.record_enrollment_transition() FROM PUBLIC;


--
-- Name: FUNCTION record_step_transition(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.record_step_transition() FROM PUBLIC;


--
-- Name: FUNCTION refuse_change(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.refuse_change() FROM PUBLIC;


--
-- Name: FUNCTION refuse_sender(p_partner_slug text, p_partner_status text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.refuse_sender(p_partner_slug text, p_partner_status text) FROM PUBLIC;


--
-- Name: FUNCTION refuse_state(p_what text, p_id uuid, p_status text, p_hint text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.refuse_state(p_what text, p_id uuid, p_status text, p_hint text) FROM PUBLIC;


--
-- Name: FUNCTION refuse_unconfigured(p_program_slug text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.refuse_unconfigured(p_program_slug text) FROM PUBLIC;


--
-- Name: FUNCTION require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.require_account(p_partner_slug text, p_external_student_id text, p_student_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION require_admin(); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.require_admin() FROM PUBLIC;


--
-- Name: FUNCTION require_reason(p_reason text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.require_reason(p_reason text) FROM PUBLIC;


--
-- Name: FUNCTION require_step_of_event(p_event handoff.partner_events, p_step_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.require_step_of_event(p_event handoff.partner_events, p_step_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION step_in_progress(p_enrollment_id uuid); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.step_in_progress(p_enrollment_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION store_event(p_event handoff.partner_events, p_is_new boolean); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.store_event(p_event handoff.partner_events, p_is_new boolean) FROM PUBLIC;


--
-- Name: FUNCTION store_outcome(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.store_outcome(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION student_of_account(p_partner_slug text, p_external_student_id text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.student_of_account(p_partner_slug text, p_external_student_id text) FROM PUBLIC;


--
-- Name: FUNCTION targets_of_event(p_event handoff.partner_events); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.targets_of_event(p_event handoff.partner_events) FROM PUBLIC;


--
-- Name: FUNCTION time_of(p_value jsonb); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.time_of(p_value jsonb) FROM PUBLIC;


--
-- Name: FUNCTION without_strings(p_text text); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.without_strings(p_text text) FROM PUBLIC;


--
-- Name: FUNCTION would_complete(p_event handoff.partner_events, p_body bytea); Type: ACL; Schema: handoff_private; Owner: handoff_owner
--

REVOKE ALL ON FUNCTION handoff_private.would_complete(p_event handoff.partner_events, p_body bytea) FROM PUBLIC;


--
-- Name: TABLE certificates; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.certificates TO handoff_admin;
GRANT SELECT ON TABLE handoff.certificates TO handoff_student;


--
-- Name: TABLE event_replays; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.event_replays TO handoff_admin;


--
-- Name: TABLE partner_accounts; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.partner_accounts TO handoff_admin;


--
-- Name: TABLE partner_event_conflicts; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.partner_event_conflicts TO handoff_admin;


--
-- Name: TABLE partners; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.partners TO handoff_admin;


--
-- Name: COLUMN partners.slug; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(slug) ON TABLE handoff.partners TO handoff_student;


--
-- Name: COLUMN partners.name; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(name) ON TABLE handoff.partners TO handoff_student;


--
-- Name: COLUMN partners.launch_url; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(launch_url) ON TABLE handoff.partners TO handoff_student;


--
-- Name: COLUMN partners.support_email; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT(support_email) ON TABLE handoff.partners TO handoff_student;


--
-- Name: TABLE profiles; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.profiles TO handoff_admin;
GRANT SELECT ON TABLE handoff.profiles TO handoff_student;


--
-- Name: TABLE program_partners; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.program_partners TO handoff_admin;


--
-- Name: TABLE step_transitions; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.step_transitions TO handoff_admin;


--
-- Name: TABLE webhook_refusals; Type: ACL; Schema: handoff; Owner: handoff_owner
--

GRANT SELECT ON TABLE handoff.webhook_refusals TO handoff_admin;


--
-- Name: DEFAULT PRIVILEGES FOR TYPES; Type: DEFAULT ACL; Schema: -; Owner: handoff_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE handoff_owner REVOKE ALL ON TYPES  FROM PUBLIC;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: handoff_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE handoff_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--


