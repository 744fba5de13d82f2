-- Lock order: event.
-- It waits for nobody: an event that somebody is deciding right now is left out.
create or replace function handoff.mark_events_due(
  p_partner_slug text default null, p_status text default 'parked', p_reason text default null
)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_marked integer;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('marked_due');
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
    where e.status in ('parked', 'rejected') and e.status = p_status and e.body is not null and e.set_aside_at is null
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
  perform handoff_private.record_act(
    p_partner_slug => p_partner_slug, p_event_status => p_status, p_event_reason => p_reason, p_events => v_marked
  );
  return v_marked;
end;
$$;

comment on function handoff.mark_events_due(text, text, text) is
  'Marks all parked or rejected events that fit as due to be tried again; returns how many. Null: any. TH400 another '
  'status, TH403, TH404 unknown partner.';
