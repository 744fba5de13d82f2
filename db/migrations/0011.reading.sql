-- What reading an event leaves behind beside its fields: which field was refused, what was left out, how exact its time is.

alter table handoff.partner_events
  add column refused_field text,
  add column left_out text[],
  add column partner_completed_day_only boolean not null default false;
comment on column handoff.partner_events.refused_field is 'The field for which it was rejected as missing_field, bad_field or bad_time.';
comment on column handoff.partner_events.left_out is
  'Fields of it that could not be used and decide nothing: the event was read as if they were absent.';
comment on column handoff.partner_events.partner_completed_day_only is
  'True: the partner named a day, and partner_completed_at is its noon in the school''s zone.';

-- Ids are read in the composed form (NFC) from now on. What would become equal to another account, or too long (a few signs
-- are two in it), stays as it is: it is still found by the form that it has.
with composed as (
  select a.partner_slug, a.external_student_id as old, normalize(a.external_student_id, nfc) as new
  from handoff.partner_accounts as a
  where a.external_student_id is not nfc normalized and length(normalize(a.external_student_id, nfc)) <= 255
),
moved as (
  update handoff.partner_accounts as a
  set external_student_id = c.new
  from composed as c
  where a.partner_slug = c.partner_slug and a.external_student_id = c.old
    and not exists (
      select from handoff.partner_accounts as o where o.partner_slug = c.partner_slug and o.external_student_id = c.new
    )
    and not exists (
      select
      from composed as o
      where o.partner_slug = c.partner_slug and o.new = c.new and o.old < c.old
    )
  returning a.partner_slug, c.old, c.new
)
update handoff.partner_events as e
set external_student_id = m.new
from moved as m
where e.partner_slug = m.partner_slug and e.external_student_id = m.old;
