begin;
select plan(46);
create temporary table given as
select test.student() as person, test.admin() as ada, test.enroll('cna') as enrollment, gen_random_uuid() as step;
create function pg_temp.add(p_kind text, p_about text, p_has text, p_more text default 'severity = severity') returns text language sql as $$
  select test.refused_by(format(
    'with a as (insert into handoff.alerts (kind, severity, about, enrollment_id, step_id, partner_slug, profile_id, numbers, opened_at, last_seen_at)'
    ' values (%L, ''notice'', %L, %L, %L, %L, %L, ''{}'', ''2026-03-02'', ''2026-03-02'') returning id) select from a',
    p_kind, p_about, case when p_has like '%e%' then enrollment end, case when p_has like '%s%' then step end,
    case when p_has like '%p%' then 'hsi' end, case when p_has like '%w%' then person end
  ))
  from given
$$;
-- What each kind is about: enrollment, step, partner, person (who).
select is(pg_temp.add(kind, about, has), case when not is_right then '23514:alerts_kind_holds' end, concat_ws(' ', kind, about, 'of', has))
from (values
  ('stuck_student', null, 'esp', true), ('stuck_student', null, 'es', false), ('stuck_student', null, 'ep', false),
  ('stuck_student', null, 'sp', false), ('stuck_student', null, 'espw', false), ('stuck_student', 'x', 'esp', false),
  ('enrollment_blocked', 'failed', 'ep', true), ('enrollment_blocked', 'no_steps', 'e', true), ('enrollment_blocked', null, 'e', false),
  ('enrollment_blocked', 'failed', 'p', false), ('enrollment_blocked', 'failed', 'esp', false), ('enrollment_blocked', 'failed', 'ew', false),
  ('webhook_failures', 'rejected', 'p', true), ('webhook_failures', null, 'p', false), ('webhook_failures', 'rejected', '', false),
  ('webhook_failures', 'rejected', 'ep', false),
  ('partner_silent', null, 'p', true), ('partner_silent', 'x', 'p', false), ('partner_silent', null, '', false), ('partner_silent', null, 'pw', false),
  ('events_waiting', 'parked', 'p', true), ('events_waiting', null, 'p', false), ('events_waiting', 'parked', '', false), ('events_waiting', 'parked', 'es', false),
  ('delivery_failing', 'mail_server', '', true), ('delivery_failing', 'refused', 'p', true), ('delivery_failing', null, 'p', false), ('delivery_failing', 'x', 'e', false),
  ('completion_anomaly', 'many', 'p', true), ('completion_anomaly', 'by_hand', 'w', true), ('completion_anomaly', 'many', '', false), ('completion_anomaly', null, 'p', false),
  ('worker_silent', null, '', true), ('worker_silent', 'x', '', false), ('worker_silent', null, 'p', false),
  ('bored', null, 'p', false)
) as c (kind, about, has, is_right);
insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)
values ('events_waiting', 'notice', 'parked', 'hsi', '{}', '2026-03-02', '2026-03-02');
select is(test.refused_by('update handoff.alerts set ' || c.change), c.by, c.change)
from (values
  ('severity = ''page''', '23514:alerts_severity_known'),
  ('about = ''Two words''', '23514:alerts_about_shape'),
  ('numbers = ''[]''', '23514:alerts_numbers_object'),
  ('last_seen_at = ''2026-03-01''', '23514:alerts_time_order'),
  ('closed_at = ''2026-03-01''', '23514:alerts_time_order'),
  ('acknowledged_by = (select ada from given)', '23514:alerts_acknowledged_by_somebody'),
  ('acknowledged_by = (select ada from given), acknowledged_at = ''2026-03-03'', closed_at = ''2026-03-04''', null)
) as c (change, by);
select is(pg_temp.add('events_waiting', 'parked', 'p'), '23505:alerts_one_open', 'a second one that is open');
update handoff.alerts set closed_at = '2026-03-03';
select is(pg_temp.add('events_waiting', 'parked', 'p'), null, 'not after the first has closed');
select is(
  test.refused_by('insert into handoff.alerts (id, kind, severity, about, partner_slug, numbers, opened_at, last_seen_at) select a.id, a.kind, a.severity, ''x'', a.partner_slug, ''{}'', now(), now() from handoff.alerts as a limit 1'),
  '23505:alerts_pkey', 'an id that is another''s'
);
select * from finish();
rollback;
