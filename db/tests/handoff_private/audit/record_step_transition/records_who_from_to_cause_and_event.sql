begin;
select plan(6);

create temporary table given as
  select test.enroll('medical-assistant') as enrollment_id, test.student() as john, test.admin() as ada;
create temporary table steps as
  select s.id, s.sequence_order from handoff.enrollment_steps as s where s.enrollment_id = (select enrollment_id from given);
grant select on given, steps to public;
create function pg_temp.trail(p_order integer) returns setof text language sql as $$
  select concat_ws(' ', coalesce(t.from_status, '-'), t.to_status, t.cause, t.reason, t.actor_role, p.email, e.event_key)
  from handoff.step_transitions as t
  join steps as s on s.id = t.step_id and s.sequence_order = p_order
  left join handoff.profiles as p on p.id = t.actor_id
  left join handoff.partner_events as e on e.receipt = t.event_receipt
  order by t.id
$$;

select test.act('handoff_webhook');
select handoff.receive_partner_event(
  'hsi', 'msg_1', convert_to(format('{"event": "course.completed", "student_id": "%s"}', john), 'UTF8')
) from given;
select test.as_admin(ada) from given;
select handoff.fail_step(id, 'cheated') from steps where sequence_order = 2;
select handoff.reopen_step(id, 'may try again') from steps where sequence_order = 2;
select test.act('handoff_worker');
select handoff.mark_step_complete(id) from steps where sequence_order = 2;
select test.as_dba();
update handoff.enrollment_steps set status = 'skipped' where id = (select id from steps where sequence_order = 3);

select results_eq(
  'select * from pg_temp.trail(1)',
  format($$values ('- pending generated %1$s'), ('pending in_progress advanced %1$s'), ('in_progress completed partner_event handoff_webhook msg_1')$$, session_user),
  'a partner''s event: the webhook''s role, the cause, and the event'
);
select results_eq(
  'select * from pg_temp.trail(2) offset 1',
  $$values
    ('pending in_progress advanced handoff_webhook msg_1'),
    ('in_progress failed failed cheated handoff_admin ada@test.example'),
    ('failed in_progress reopened may try again handoff_admin ada@test.example'),
    ('in_progress completed marked handoff_worker')$$,
  'what the event started, too; an admin''s acts with the person and the reason; the worker''s without'
);
select results_eq(
  'select * from pg_temp.trail(3) offset 1',
  format($$values ('pending in_progress advanced handoff_worker'), ('in_progress skipped direct %s')$$, session_user),
  'a plain UPDATE by a DBA: direct'
);
select results_eq(
  $$select e.status, count(t.id) from handoff.enrollments as e
    join handoff.step_transitions as t on t.enrollment_id = e.id and t.step_id is null
    where e.id = (select enrollment_id from given) group by e.status$$,
  $$values ('active', 1::bigint)$$,
  'the enrollment itself has moved once'
);

update handoff.enrollment_steps set progress_count = 1, status = status where enrollment_id = (select enrollment_id from given);
select is(
  (select count(*) from handoff.step_transitions as t join steps as s on s.id = t.step_id), 11::bigint,
  'an UPDATE that leaves the status alone is no transition'
);
select is_empty(
  'select from handoff.step_transitions as t join given using (enrollment_id) where t.occurred_at > handoff.clock()', 'each with its time'
);

select * from finish();
rollback;
