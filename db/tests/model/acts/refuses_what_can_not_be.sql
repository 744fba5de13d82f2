begin;
select plan(41);

create temporary table given as
select test.student() as john, test.student('jane@test.example') as jane, test.enrollment_in('completed') as enrollment_id;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}');
create temporary table known as
select
  given.*, (select c.number from handoff.certificates as c) as number,
  (select e.receipt from handoff.partner_events as e where e.external_student_id = 'h-1') as receipt
from given;
create function pg_temp.add(
  p_act text, p_reason text, p_of_person boolean, p_of_other boolean, p_of_certificate boolean, p_of_event boolean, p_filter text,
  p_events integer
)
returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.acts (occurred_at, act, reason, profile_id, merged_into, certificate_number, event_receipt, event_reason, events, '
    'actor_role) values (now(), %L, %L, %L, %L, %L, %L, %L, %L, ''x'')', p_act, p_reason, case when p_of_person then john end,
    case when p_of_other then jane end, case when p_of_certificate then number end, case when p_of_event then receipt end, p_filter, p_events
  ))
  from known
$$;
select is(pg_temp.add(act, reason, person, other, certificate, event, filter, events), by, what)
from (values
  ('corrected', 'mistyped', true, false, false, false, null, null, null, 'a person corrected'),
  ('sign_in_link_made', 'x', true, false, false, false, null, null, null, 'a link handed over'),
  ('merged', 'entered twice', true, true, false, false, null, null, null, 'two people made one'),
  ('certificate_revoked', 'x', false, false, true, false, null, null, null, 'a certificate revoked'),
  ('replayed', null, false, false, false, true, null, null, null, 'an event tried again, without a reason'),
  ('set_aside', 'x', false, false, false, true, null, null, null, 'one set aside'),
  ('attempt_failed', null, false, false, false, true, null, null, null, 'an attempt that was not passed'),
  ('attempt_failed', null, false, false, false, false, null, null, '23514:acts_names_event', 'one of no event'),
  ('mail_suppressed', null, true, false, false, false, null, null, null, 'an address that does not work'),
  ('mail_suppressed', null, false, false, false, false, null, null, '23514:acts_names_person', 'nobody''s'),
  ('mail_allowed', null, true, false, false, false, null, null, '23514:acts_reason_given', 'allowed without a reason'),
  ('mail_allowed', 'x', true, false, false, false, null, null, null, 'allowed'),
  ('assigned', 'x', false, false, false, true, null, null, null, 'one that a person has assigned'),
  ('linked', null, true, false, false, false, null, null, null, 'an account, without a reason'),
  ('assigned', null, false, false, false, true, null, null, '23514:acts_reason_given', 'assigned without a reason'),
  ('linked', null, false, false, false, false, null, null, '23514:acts_names_person', 'linked to nobody'),
  ('unlinked', 'x', true, false, false, false, null, 2, null, 'those of an account taken back'),
  ('marked_due', null, false, false, false, false, 'on_hold', 2, null, 'many made due'),
  ('stopped', null, false, false, false, false, null, 0, null, 'none that was still due'),
  ('cohort_set', null, false, false, false, false, null, null, '23514:acts_cohort_is_of_enrollment', 'the cohort of nothing'),
  ('promoted', 'x', true, false, false, false, null, null, '23514:acts_act_known', 'an unknown act'),
  ('corrected', null, true, false, false, false, null, null, '23514:acts_reason_given', 'no reason'),
  ('unlinked', null, true, false, false, false, null, 2, '23514:acts_reason_given', 'nor of an account'),
  ('erased', 'x', false, false, false, false, null, null, '23514:acts_names_person', 'nobody'),
  ('sign_in_link_made', 'x', false, false, false, false, null, null, '23514:acts_names_person', 'a link of nobody'),
  ('merged', 'x', true, false, false, false, null, null, '23514:acts_merged_with_another', 'merged with nobody'),
  ('corrected', 'x', true, true, false, false, null, null, '23514:acts_merged_with_another', 'corrected with another'),
  ('certificate_reissued', 'x', false, false, false, false, null, null, '23514:acts_names_certificate', 'no certificate'),
  ('disabled', 'x', true, false, true, false, null, null, '23514:acts_names_certificate', 'one that was not asked for'),
  ('replayed', null, false, false, false, false, null, null, '23514:acts_names_event', 'no event'),
  ('stopped', null, false, false, false, true, null, 1, '23514:acts_names_event', 'one of many'),
  ('unlinked', 'x', true, false, false, false, null, null, '23514:acts_counts_events', 'not how many'),
  ('replayed', null, false, false, false, true, null, 1, '23514:acts_counts_events', 'how many of one'),
  ('stopped', null, false, false, false, false, 'on_hold', 1, '23514:acts_filter_is_of_marked_due', 'a filter of all')
) as c (act, reason, person, other, certificate, event, filter, events, by, what);
insert into handoff.acts (occurred_at, act, events, actor_role) values (now(), 'stopped', 0, 'x');
select is(
  test.refused_by('insert into handoff.acts select a.* from handoff.acts as a limit 1'), '23505:acts_pkey', 'a place that is taken'
);
select is(
  test.refused_by(
    'insert into handoff.acts (occurred_at, act, events, actor_role, actor_id) values (now(), ''stopped'', 0, ''x'', gen_random_uuid())'
  ), '23503:acts_actor_id_fkey', 'an unknown person'
);
insert into handoff.alerts (kind, severity, about, partner_slug, numbers, opened_at, last_seen_at)
values ('events_waiting', 'notice', 'parked', 'hsi', '{}', now(), now());
select is(
  test.refused_by(format(
    'insert into handoff.acts (occurred_at, act, reason, alert_id, actor_role) select now(), %L, %L, %s, ''x'' from handoff.alerts', a.act, a.reason,
    case when a.of_alert then 'id' else 'null' end
  )), a.by, a.what
)
from (values
  ('alert_acknowledged', null, true, null, 'an alert that somebody knows of, without a reason'),
  ('alert_owned', null, false, '23514:acts_names_alert', 'one of no alert'),
  ('alert_snoozed', null, true, '23514:acts_reason_given', 'left alone without a reason'),
  ('corrected', 'x', true, '23514:acts_names_alert', 'another act of an alert')
) as a (act, reason, of_alert, by, what);
select matches(
  (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef as d where d.adrelid = 'handoff.acts'::regclass), 'step_transitions',
  'its position is one of the trail''s'
);

select * from finish();
rollback;
