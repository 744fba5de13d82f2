create or replace function handoff_private.last_delivery(p_partner_slug text)
returns timestamptz
language sql
stable
as $$ select max(d.received_at) from handoff_private.recent_deliveries(p_partner_slug, 1) as d $$;

comment on function handoff_private.last_delivery(text) is
  'When the partner last sent something authentic; a test event is nothing.';
