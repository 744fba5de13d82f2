begin;
select plan(8);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john;
select handoff.link_partner_account('hsi', 's1', john), handoff.link_partner_account('certiport', 's1', john) from given;
select test.set_clock(handoff.clock());

-- The two ways, so that each can be stopped.
create function pg_temp.stop(p_function regprocedure, p_body text) returns void language plpgsql as $$
begin
  execute regexp_replace(
    pg_get_functiondef(p_function), '\$function\$.*\$function\$', format('$function$ begin %s end $function$', p_body)
  );
end
$$;

-- All that an event left by one of the ways, which is then undone. What is made by chance is left out.
create function pg_temp.left_by(p_way text, p_partner text, p_body jsonb) returns jsonb language plpgsql as $$
declare
  v_left    jsonb;
  v_receipt handoff.event_receipt;
begin
  if p_way = 'at once' then
    perform pg_temp.stop(
      'handoff_private.apply_event(handoff.partner_events, uuid, uuid)', 'raise exception using errcode = ''XX000'';'
    );
  else
    perform pg_temp.stop('handoff_private.complete_at_once(handoff.partner_events)', 'return null;');
  end if;
  v_receipt := handoff.receive_partner_event(p_partner, 'msg_1', convert_to(p_body::text, 'UTF8'), 'webhook', '{"ip": "192.0.2.1"}');
  v_left := jsonb_build_object(
    'receipt', to_jsonb(v_receipt) - 'receipt',
    'events', (select jsonb_agg(to_jsonb(e) - array['receipt', 'position'] order by e.position) from handoff.partner_events as e),
    'steps', (select jsonb_agg(to_jsonb(s) || jsonb_build_object('completed_by', e.event_key) order by s.id) from handoff.enrollment_steps as s left join handoff.partner_events as e on e.receipt = s.completed_by),
    'enrollments', (select jsonb_agg(to_jsonb(e) order by e.id) from handoff.enrollments as e),
    'certificates', (select jsonb_agg(to_jsonb(c) - array['id', 'number']) from handoff.certificates as c),
    'trail', (
      select jsonb_agg(to_jsonb(t) - array['id', 'event_receipt'] || jsonb_build_object('key', e.event_key) order by t.id)
      from handoff.step_transitions as t
      left join handoff.partner_events as e on e.receipt = t.event_receipt
    )
  );
  raise exception using errcode = 'TEST1';
exception
  when sqlstate 'TEST1' then
    return v_left;
end
$$;

create temporary table told (what text, more jsonb);
insert into told values
  ('the least', '{}'),
  ('by the partner''s name of the student', '{"student_id": "s1"}'),
  ('with the course and a time',
   jsonb_build_object('course_id', 'hsi-cpr-101', 'completed_at', to_char(handoff.clock() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
  ('with members that nobody reads', '{"x": 1.50, "y": null}');
select is(pg_temp.left_by('at once', 'hsi', b.body), pg_temp.left_by('the long way', 'hsi', b.body), t.what)
from told as t, given as g, lateral (
  select jsonb_build_object('event', 'course.completed', 'student_id', g.john) || t.more
) as b (body);

-- Further on: another partner with a result, and the last step with the certificate.
select is(test.send('hsi', 'course.completed', john), 'accepted:completed', 'the first is done') from given;
select is(
  pg_temp.left_by('at once', 'certiport', b.body), pg_temp.left_by('the long way', 'certiport', b.body), 'an exam, with a score'
) from (values ('{"event": "exam.completed", "student_id": "s1", "exam_id": "e1", "passed": true, "score": 850}'::jsonb)) as b (body);
select is(test.send('certiport', 'exam.completed', john, '{"passed": true}'), 'accepted:completed', 'the second is done') from given;
select is(
  pg_temp.left_by('at once', 'careersafe', b.body), pg_temp.left_by('the long way', 'careersafe', b.body), 'the last: a certificate'
) from given as g, jsonb_build_object('event', 'training.completed', 'student_id', g.john) as b (body);

select * from finish();
rollback;
