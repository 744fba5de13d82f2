begin;
select plan(23);

create function pg_temp.receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
create function pg_temp.assign(p_key text, p_step_id uuid, p_reason text default 'because') returns text language sql as $$
  select format('select handoff.assign_partner_event(%L, %L, %L)', pg_temp.receipt(p_key), p_step_id, p_reason)
$$;
create temporary table given as
  select test.student() as john, test.admin() as admin, test.enroll('cna') as cna, test.enroll('emt') as emt,
    test.enroll('cna', 'jane@test.example') as janes;
grant select on given to public;
select test.send('hsi', 'course.completed', john, '{}', 'johns') from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'nobodys');
select test.send('hsi', 'skill.verified', john, '{}', 'meaningless') from given;
select test.deliver_raw('hsi', '{', 'unread');
create temporary table before as
  select test.picture(cna) as cna, test.picture(janes) as janes, (select jsonb_agg(to_jsonb(e) order by e.position) from handoff.partner_events as e) as events
  from given;

select throws_ok(pg_temp.assign('johns', test.step(janes, 1)), 'TH403', null, 'a step of another student') from given;
select throws_ok(pg_temp.assign('johns', test.step(cna, 2)), 'TH403', null, 'a step of another partner') from given;
select throws_ok(
  pg_temp.assign('nobodys', test.step(cna, 1)), 'TH403', null, 'an account that nobody was linked to'
) from given;
select throws_ok(
  pg_temp.assign('meaningless', test.step(janes, 1)), 'TH403', null, 'an event without meaning, another student'
) from given;
select is(
  (handoff.assign_partner_event(pg_temp.receipt('meaningless'), test.step(cna, 1), 'because')).reason,
  'unknown_event_type', 'an event without meaning does nothing'
) from given;
select throws_ok(pg_temp.assign('johns', gen_random_uuid()), 'TH404', null, 'an unknown step');
select throws_ok(pg_temp.assign('johns', null), 'TH404', null, 'no step');
select throws_ok(
  format('select handoff.assign_partner_event(gen_random_uuid(), %L, %L)', test.step(cna, 1), 'because'),
  'TH404', null, 'an unknown receipt'
) from given;
select throws_ok(
  format('select handoff.assign_partner_event(null, %L, %L)', test.step(cna, 1), 'because'), 'TH404', null, 'no receipt'
) from given;
select throws_ok(pg_temp.assign('unread', test.step(cna, 1)), 'TH409', null, 'a rejected event') from given;
select throws_ok(pg_temp.assign('johns', test.step(cna, 1), v.reason), 'TH400', null, 'each audited with its reason: ' || v.what)
from given, (values ('none', null), ('empty', ''), ('a space', ' '), ('1001 characters', repeat('x', 1001))) as v (what, reason);

-- An open step of an enrollment that is on hold: what was assigned would be undecided again when it is resumed.
select handoff.hold_enrollment(cna, 'a break') from given;
select throws_ok(
  pg_temp.assign('johns', test.step(cna, 1)), 'TH409', null, 'an open step of an enrollment on hold'
) from given;
select is(
  (select e.reason from handoff.partner_events as e where e.event_key = 'johns'),
  'ambiguous', 'the event stays as it is'
);
select handoff.resume_enrollment(cna, 'back') from given;

select is(
  (test.picture(given.janes), (select jsonb_agg(to_jsonb(e) order by e.position) from handoff.partner_events as e))::text, (before.janes, before.events)::text,
  'nothing was changed by all that'
) from given, before;
update handoff.partner_events set body = null, event_type = null where event_key = 'johns';
select throws_ok(pg_temp.assign('johns', test.step(cna, 1)), 'TH409', null, 'an event whose body was dropped, and of which nothing was read') from given;

-- Who may.
select function_privs_are('handoff', 'assign_partner_event', array['uuid', 'uuid', 'text'], role, array[]::text[], role || ' can''t')
from (values ('handoff_student'), ('handoff_public'), ('handoff_webhook'), ('handoff_worker')) as v (role);
create temporary table statement as select pg_temp.assign('johns', test.step(cna, 1)) as sql from given;
grant select on statement to public;
select test.act('handoff_admin', john) from given;
select throws_ok(sql, 'TH403', null, 'the role alone does not make an admin') from statement;
select test.as_dba();

select * from finish();
rollback;
