-- Lock order: answer, message.
-- All answers come before the first message. What was never tried is left to the next claim, which cancels it, and so
-- is what waits for a partner that is disabled.
create or replace function handoff_private.end_messages()
returns void
language plpgsql
volatile
as $$
declare
  v_now   constant timestamptz := handoff.clock();
  v_ended constant uuid[] := array(
    select o.message_id
    from handoff.outbox as o
    join handoff.partners as p on p.slug = o.partner_slug and p.status <> 'disabled'
    where o.status = 'failed' and o.expires_at <= v_now and (o.lease_until is null or o.lease_until <= v_now)
  );
begin
  insert into handoff.partner_answers as a (step_id, refused_at)
  select distinct o.step_id, v_now
  from handoff.outbox as o
  where o.message_id = any (v_ended) and handoff_private.request_no_longer_holds(o) is null
  order by o.step_id
  on conflict (step_id) do update set refused_at = excluded.refused_at;
  perform handoff_private.cancel_message(o.message_id, r.reason)
  from handoff.outbox as o
  cross join lateral handoff_private.request_no_longer_holds(o) as r (reason)
  where o.message_id = any (v_ended) and o.status = 'failed' and r.reason is not null;
  update handoff.outbox as o
  set
    status = 'dead', settled_at = v_now, due_at = null, detail = coalesce(o.detail, 'expired'), lease_token = null,
    lease_until = null
  where o.message_id = any (v_ended) and o.status = 'failed';
  perform handoff_private.wake_mails(o.enrollment_id) from handoff.outbox as o where o.message_id = any (v_ended);
end;
$$;

comment on function handoff_private.end_messages() is
  'Messages to partners that were tried until they expired are dead, and count as refused; cancelled where what they '
  'tell holds no longer.';
