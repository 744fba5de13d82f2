-- Lock order: account, profile, enrollments.
-- It reads and decides as if the event had come, and stores nothing. But the row of an unknown account is made, to be
-- locked: the caller rolls back.
create or replace function handoff.judge_delivery(
  p_partner_slug text,
  p_event_key text,
  p_body bytea,
  p_context jsonb default '{}',
  out status text,
  out reason text,
  out refused_field text,
  out left_out text[],
  out known text,
  out event_type text,
  out item_ref text,
  out external_student_id text,
  out student_name text,
  out program_name text
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events;
begin
  perform handoff_private.require_admin();
  v_event.receipt := gen_random_uuid();
  v_event.partner_slug := p_partner_slug;
  v_event.event_key := p_event_key;
  v_event.channel := 'webhook';
  v_event.context := p_context;
  v_event.body := p_body;
  v_event.received_at := handoff.clock();
  v_event := handoff_private.read_event(v_event);
  v_event := handoff_private.lock_who_is_meant(v_event);
  if v_event.status = 'received' then
    v_event := handoff_private.decide_event(v_event);
  end if;
  select case when e.body_sha256 = sha256(p_body) then e.first_outcome else 'conflict:key_reused' end
  into known
  from handoff.partner_events as e
  where e.partner_slug = p_partner_slug
    and e.event_key in (p_event_key, handoff_private.erased_text(p_partner_slug, p_event_key))
  order by e.repetition desc
  limit 1;
  status := v_event.status;
  reason := v_event.reason;
  refused_field := v_event.refused_field;
  left_out := v_event.left_out;
  event_type := v_event.event_type;
  item_ref := v_event.item_ref;
  external_student_id := v_event.external_student_id;
  select p.full_name into student_name from handoff.profiles as p where p.id = v_event.student_id;
  select g.name
  into program_name
  from handoff.enrollments as n
  join handoff.programs as g on g.slug = n.program_slug
  where n.id = v_event.enrollment_id;
end;
$$;

comment on function handoff.judge_delivery(text, text, bytea, jsonb) is
  'What would become of a webhook if it arrived now, and what became of it when its key is known; roll back. '
  'TH403, TH404 unknown partner, TH410 retired partner.';
