create or replace function handoff_private.is_like(p_one handoff.partner_events, p_other handoff.partner_events)
returns boolean
language sql
stable
as $$
  select
    coalesce(handoff_private.lower_case(p_one.item_ref) = handoff_private.lower_case(p_other.item_ref), true)
    and case
      when p_one.partner_completed_at is null or p_other.partner_completed_at is null
        then 'csv' in (p_one.channel, p_other.channel)
          or p_one.received_at between p_other.received_at - interval '1 day' and p_other.received_at + interval '1 day'
      when p_one.partner_completed_at between p_other.partner_completed_at - interval '60 seconds'
        and p_other.partner_completed_at + interval '60 seconds' then true
      else coalesce(
        handoff_private.day_alone_of(p_one) = (p_other.partner_completed_at at time zone handoff_private.school_zone())::date,
        handoff_private.day_alone_of(p_other) = (p_one.partner_completed_at at time zone handoff_private.school_zone())::date,
        false
      )
    end
$$;

comment on function handoff_private.is_like(handoff.partner_events, handoff.partner_events) is
  'True when two completions of one partner and student could be the same one, written a little differently.';
