-- Lock order: account, profile, enrollments, event.
-- Where the key is a hash, a repeat may be a new completion, which is decided. Every other repeat is answered at
-- once.
create or replace function handoff_private.receive_again(p_event handoff.partner_events)
returns handoff.event_receipt
language plpgsql
volatile
as $$
declare
  v_known handoff.partner_events;
begin
  select e.*
  into v_known
  from handoff.partner_events as e
  where e.partner_slug = p_event.partner_slug and e.event_key = p_event.event_key
  order by e.repetition desc
  limit 1;
  -- A key that names a forgotten person is known as a hash.
  if not found then
    select e.*
    into strict v_known
    from handoff.partner_events as e
    where e.partner_slug = p_event.partner_slug
      and e.event_key = handoff_private.erased_text(p_event.partner_slug, p_event.event_key)
    order by e.repetition desc
    limit 1;
  end if;
  if exists (select from handoff.partners as p where p.slug = v_known.partner_slug and p.status = 'retired') then
    perform handoff_private.refuse_sender(v_known.partner_slug, 'retired');
  elsif v_known.body_sha256 <> coalesce(p_event.body_sha256, sha256(p_event.body)) then
    return handoff_private.keep_conflict(v_known, p_event);
  elsif v_known.event_key = encode(v_known.body_sha256, 'hex') and v_known.status in ('accepted', 'ignored')
    and handoff_private.would_complete(v_known, p_event.body)
  then
    return handoff_private.keep_possible_repeat(v_known, p_event);
  end if;
  update handoff.partner_events as e
  set seen = e.seen + 1, last_seen_at = greatest(handoff.clock(), e.last_seen_at)
  where e.receipt = v_known.receipt;
  return handoff_private.receipt_of(v_known, 'duplicate', v_known.first_outcome);
end;
$$;

comment on function handoff_private.receive_again(handoff.partner_events) is
  'A delivery under a known key: a duplicate, a conflict when the body is another, or a possible repeat. TH410 when '
  'the partner is retired.';
