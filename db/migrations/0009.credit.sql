-- Which event a step's completion is credited to. Until now that was read off the event, which outlived the completion.

alter table handoff.enrollment_steps add column completed_by uuid;
comment on column handoff.enrollment_steps.completed_by is
  'The event to which the completion is credited; null: a person''s or a program''s hand. Of a step that is not completed it says nothing.';

-- The last word of the trail says what completed a step.
update handoff.enrollment_steps as s
set completed_by = t.event_receipt
from (
  select distinct on (t.step_id) t.step_id, t.to_status, t.event_receipt
  from handoff.step_transitions as t
  where t.step_id is not null
  order by t.step_id, t.id desc
) as t
where t.step_id = s.id and s.status = 'completed' and t.to_status = 'completed' and t.event_receipt is not null;

-- A failed attempt and a part are counted once, however often they were told, and no part beyond the total.
with attempts as (
  select
    e.step_id,
    count(distinct (e.item_ref, e.partner_completed_at)) filter (where e.partner_completed_at is not null)
      + count(*) filter (where e.partner_completed_at is null) as attempts
  from handoff.partner_events as e
  where e.reason = 'attempt_failed' and e.step_id is not null
  group by e.step_id
),
parts as (
  select p.step_id, sum(least(p.parts, t.progress_total)) as parts
  from (
    select e.step_id, e.partner_slug, e.event_type, count(distinct e.item_ref) as parts
    from handoff.partner_events as e
    where e.reason = 'progress' and e.step_id is not null
    group by e.step_id, e.partner_slug, e.event_type
  ) as p
  left join handoff.partner_event_types as t on t.partner_slug = p.partner_slug and t.event_type = p.event_type
  group by p.step_id
)
update handoff.enrollment_steps as s
set failed_attempts = coalesce(a.attempts, 0), progress_count = coalesce(p.parts, 0)
from attempts as a
full join parts as p on p.step_id = a.step_id
where s.id = coalesce(a.step_id, p.step_id)
  and (s.failed_attempts, s.progress_count) <> (coalesce(a.attempts, 0), coalesce(p.parts, 0));

-- What a person has decided to leave as it is.
alter table handoff.partner_events
  add column set_aside_at timestamptz,
  -- squawk-ignore constraint-missing-not-valid
  add constraint partner_events_set_aside_is_open check (set_aside_at is null or status in ('parked', 'rejected'));
comment on column handoff.partner_events.set_aside_at is
  'Since when a person has decided that nothing will come of it: it is on no list and does not apply by itself. Null: not.';
comment on table handoff.partner_accounts is 'A partner''s id of a student. A link is never moved, but a wrong one is taken back.';

-- Its result has more columns; the deploy makes it again.
-- squawk-ignore ban-drop-function
drop function if exists handoff.event_details(uuid);
