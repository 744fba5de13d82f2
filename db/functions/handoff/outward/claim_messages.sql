-- Lock order: batch, message.
-- Of each partner the oldest first.
-- What somebody else is at is passed over, so two workers share the work and neither waits. Of one partner no more than
-- p_at_once are under way at a time, whoever is at them: one that hangs holds up nobody else. One that could not be
-- reached again and again is left alone until open_until, and then asked with a single message. So one claims at a
-- time: two would each count without the other's. Who comes meanwhile gets nothing, and comes again.
create or replace function handoff.claim_messages(p_count integer, p_at_once integer, p_lease interval)
returns setof handoff.claimed_message
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now     constant timestamptz := handoff.clock();
  v_message handoff.outbox;
  v_reason  text;
  v_claimed integer := 0;
begin
  perform from handoff_ops.locks as l where l.name = 'claims' for update skip locked;
  if not found then
    return;
  end if;
  for v_message in
    select m.*
    from handoff.partners as p
    left join handoff.partner_breakers as b on b.partner_slug = p.slug
    left join handoff.partner_queues as q on q.partner_slug = p.slug
    cross join lateral (
      select count(*)::integer
      from handoff.outbox as o
      where o.partner_slug = p.slug and o.lease_token is not null and o.lease_until > v_now
        and o.lease_until >= coalesce(q.leased_from, q.marked_at + p_lease, '-infinity')
    ) as f (under_way)
    cross join lateral (
      select o.*
      from handoff.outbox as o
      where o.partner_slug = p.slug and o.status in ('pending', 'failed') and o.due_at <= v_now
        and o.due_at >= coalesce(q.due_from, '-infinity')
        and (o.lease_until is null or o.lease_until <= v_now)
        and (o.expires_at <= v_now or not handoff_private.has_to_wait(o))
      order by o.due_at
      limit greatest(case when b.open_until is null then p_at_once else 1 end - f.under_way, 0)
      for update skip locked
    ) as m
    where p.status <> 'disabled' and (b.open_until is null or b.open_until <= v_now)
    order by random()
  loop
    exit when v_claimed >= p_count;
    v_reason := handoff_private.no_longer_holds(v_message);
    if v_reason is not null then
      perform handoff_private.cancel_message(v_message.message_id, v_reason);
      continue;
    end if;
    update handoff.outbox as o
    set
      lease_token = gen_random_uuid(),
      lease_until = v_now + p_lease,
      body = coalesce(o.body, handoff_private.enrollment_request(o.step_id))
    where o.message_id = v_message.message_id
    returning o.* into v_message;
    v_claimed := v_claimed + 1;
    return next (
      v_message.message_id, v_message.key, v_message.lease_token, v_message.partner_slug,
      (select p.enroll_url from handoff.partners as p where p.slug = v_message.partner_slug), v_message.body
    )::handoff.claimed_message;
  end loop;
end;
$$;

comment on function handoff.claim_messages(integer, integer, interval) is
  'Messages that are due, for this caller alone until the lease ends: of each partner so many that no more than '
  'p_at_once are under way. What no longer holds is cancelled, what has to wait is passed over. With the claim '
  'it is not sent yet, see begin_sending.';
