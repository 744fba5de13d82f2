begin;
select plan(24);

select test.set_clock('2026-11-23 15:00+00');
create temporary table given as select test.student() as john, test.enroll('medical-assistant') as johns;
select test.set_clock('2026-11-24 15:00+00');

create function pg_temp.said(p_partner text, p_event text, p_more jsonb, p_channel text) returns text language plpgsql as $$
declare
  v_said text;
begin
  v_said := test.send(p_partner, p_event, test.student(), p_more, 'tried', p_channel);
  select concat_ws(' ', v_said, e.refused_field, e.partner_completed_at at time zone 'UTC', e.partner_completed_day_only)
  into v_said
  from handoff.partner_events as e
  where e.event_key = 'tried';
  raise exception using errcode = 'TEST1';
exception
  when sqlstate 'TEST1' then
    return v_said;
end;
$$;

-- A day alone.
select is(
  pg_temp.said('hsi', 'course.completed', '{"completed_at": "2026-11-23"}', c.channel), 'accepted:completed 2026-11-23 12:00:00 t', c.channel || ' may give a day'
)
from (values ('csv'), ('evidence'), ('manual')) as c (channel);
select is(
  pg_temp.said('hsi', 'course.completed', '{"completed_at": "2026-11-23"}', 'webhook'), 'rejected:bad_time completed_at f', 'a webhook may not'
);
select is(
  pg_temp.said('hsi', 'course.completed', '{"completed_at": "2026-11-23T10:30:00Z"}', 'csv'), 'accepted:completed 2026-11-23 10:30:00 f', 'a time stays a time'
);
select is(pg_temp.said('hsi', 'course.completed', jsonb_build_object('completed_at', v.day), 'csv'), 'rejected:bad_time completed_at f', v.day::text)
from (values
  ('"2026-02-30"'::jsonb), ('"0000-01-01"'), ('"9999-12-31"'), ('"11/23/2026"'), ('"2026-11-23 "'), ('20261123'), ('"today"')
) as v (day);
create or replace function handoff_private.school_zone() returns text language sql stable as $$ select 'America/Indiana/Indianapolis' $$;
select is(
  pg_temp.said('hsi', 'course.completed', '{"completed_at": "2026-11-23"}', 'csv'), 'accepted:completed 2026-11-23 17:00:00 t', 'noon is the school''s'
);

-- What was not passed.
select is(
  pg_temp.said('hsi', 'course.completed', v.more, v.channel), v.said, v.channel || ' ' || v.more::text
)
from (values
  ('{"passed": false}'::jsonb, 'csv', 'accepted:attempt_failed f'),
  ('{"passed": true}', 'csv', 'accepted:completed f'),
  ('{"passed": ""}', 'csv', 'accepted:completed f'),
  ('{"passed": "no"}', 'csv', 'rejected:bad_field passed f'),
  ('{"passed": false}', 'manual', 'accepted:attempt_failed f'),
  ('{"passed": false}', 'webhook', 'accepted:completed f'),
  ('{"passed": "no"}', 'webhook', 'accepted:completed f')
) as v (more, channel, said);
select is(
  pg_temp.said('hsi', 'certificate.issued', '{"passed": false}', 'evidence'), 'accepted:evidence f', 'a certificate is not passed or failed'
);
update handoff.partner_event_types set pass_field = 'is_ok' where partner_slug = 'hsi' and meaning = 'completion';
select is(pg_temp.said('hsi', 'course.completed', v.more, 'csv'), v.said, 'with a pass field of its own: ' || v.more::text)
from (values
  ('{"is_ok": true, "passed": false}'::jsonb, 'accepted:completed f'),
  ('{"passed": false}', 'accepted:attempt_failed f'),
  ('{}', 'rejected:missing_field is_ok f')
) as v (more, said);

select * from finish();
rollback;
