-- What a simulation sent against what the inbox holds; pg_temp.sent has a row for each different event.
-- One row for each kind: how many were sent, how many of them ended as they must, and one that did not.
select
  s.kind,
  count(*) as sent,
  count(*) filter (where r.is_right) as as_expected,
  min(s.event_key) filter (where not r.is_right) as for_example
from pg_temp.sent as s
left join handoff.partner_events as e
  on e.partner_slug = s.partner_slug and e.event_key = s.event_key and e.repetition = 0
cross join lateral (
  select s.answer = any (s.expected) and case
    -- Refused: nothing is stored.
    when s.expected[1] like 'refused:%' then e.receipt is null
    -- Another body under a known key: kept apart.
    when s.expected[1] like 'conflict:%'
      then exists (select from handoff.partner_event_conflicts as c where c.receipt = e.receipt)
    -- All others: stored under their key, and first decided as the sender was told.
    else e.first_outcome is not distinct from s.answer
  end as is_right
) as r
group by s.kind
order by s.kind
