begin;
select plan(14);

create temporary table given as
  select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id;
grant select on given to public;
select handoff.link_partner_account('hsi', 'h-1', john) from given;
insert into handoff.partners (slug, name, status) values ('gone', 'Gone', 'retired');
select test.deliver_raw('hsi', '{"event":"course.completed","student_id":"h-2"}', 'known');
create temporary table before as select test.picture(enrollment_id) as picture from given;
create temporary table counted as select count(*) as events from handoff.partner_events;

create function pg_temp.judged(p_body text, p_key text default 'new') returns text language sql as $$
  select concat_ws(' ', j.status, j.reason, j.refused_field, j.left_out, j.known, j.item_ref, j.student_name)
  from handoff.judge_delivery('hsi', p_key, convert_to(p_body, 'UTF8')) as j
$$;
select test.as_admin(ada) from given;

select is(pg_temp.judged(v.body), v.said, v.body)
from (values
  ('{"event":"course.completed","student_id":"h-1","course_id":"bls"}', 'accepted completed bls John Student'),
  ('{"event":"course.completed","student_id":"h-1","enrollment_id":1.5}', 'accepted completed {enrollment_id} John Student'),
  ('{"event":"course.completed","student_id":"h-3"}', 'parked unknown_student'),
  ('{"event":"course.finished","student_id":"h-1"}', 'parked unknown_event_type John Student'),
  ('{"event":"course.completed"}', 'rejected missing_field student_id'),
  ('{"event":"test"}', 'ignored test_event'),
  ('{', 'rejected bad_json')
) as v (body, said);
select is(
  pg_temp.judged('{"event":"course.completed","student_id":"h-2"}', 'known'), 'parked unknown_student parked:unknown_student', 'a known key'
);
select is(
  pg_temp.judged('{"event":"course.completed","student_id":"h-1"}', 'known'), 'accepted completed conflict:key_reused John Student',
  'that came with another body'
);
select test.as_dba();
update handoff.partner_events set event_key = handoff_private.erased_text('hsi', 'known') where event_key = 'known';
select test.as_admin(ada) from given;
select is(
  pg_temp.judged('{"event":"course.completed","student_id":"h-2"}', 'known'), 'parked unknown_student parked:unknown_student',
  'a known key that named a forgotten person'
);
select throws_ok($$select handoff.judge_delivery('gone', 'k', '{}')$$, 'TH410', null, 'a retired partner');
select throws_ok($$select handoff.judge_delivery('nobody', 'k', '{}')$$, 'TH404', null, 'an unknown one');

select test.as_dba();
select is(test.picture(enrollment_id), picture, 'nothing is done') from given, before;
select is((select count(*) from handoff.partner_events), events, 'and nothing stored') from counted;

select * from finish();
rollback;
