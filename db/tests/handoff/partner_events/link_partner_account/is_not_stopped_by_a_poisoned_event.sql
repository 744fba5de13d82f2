begin;
select plan(8);
set local client_min_messages = error;

-- The fault is in the row: this step's counter of parts holds no more.
create temporary table given as select test.student() as student_id, test.enroll('administrative-assistant') as enrollment_id;
update handoff.enrollment_steps set progress_count = 2147483647 where partner_slug = 'jri';
create function pg_temp.send(p_event text, p_more jsonb default '{}') returns text language sql as $$
  select test.send('jri', p_event, null, jsonb_build_object('student_id', 'j-1') || p_more)
$$;
select is(pg_temp.send(v.event, v.fields), 'parked:unknown_student', 'parked: ' || v.event)
from (values
  ('certificate.issued', '{"enrollment_id": "J-1"}'::jsonb), ('module.completed', '{"module_id": "badge-1"}'),
  ('program.completed', '{}')
) as v (event, fields);

select is(handoff.link_partner_account('jri', 'j-1', student_id), 2, 'the others apply') from given;
select is(
  (select string_agg(e.status || ':' || e.reason || coalesce(':' || e.error_code, ''), ' ' order by e.position) from handoff.partner_events as e),
  'accepted:evidence parked:apply_error:22003 accepted:completed', 'the poisoned one becomes apply_error with its SQLSTATE'
);
select is(test.steps(enrollment_id), 'jri:completed certiport:in_progress', 'what came after it was applied') from given;
select is((select a.student_id from handoff.partner_accounts as a), student_id, 'the account is linked') from given;
update handoff.enrollment_steps set progress_count = 0 where partner_slug = 'jri';
select is(r.status || ':' || r.reason, 'ignored:stale_progress', 'mended, it can be replayed')
from handoff.partner_events as e, handoff.replay_partner_event(e.receipt) as r where e.reason = 'apply_error';

select * from finish();
rollback;
