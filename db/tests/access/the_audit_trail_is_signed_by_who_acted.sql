begin;
select plan(10);

create temporary table given as
select test.student() as john, test.admin() as ada, test.enroll('medical-assistant') as enrollment_id;
grant select on given to public;

create function pg_temp.forge(p_claims_of uuid default null) returns text language sql as $$
  select set_config('handoff.act', case when p_claims_of is null then '(forged,forged,,forged,)' else 'kept' end, true)
    || case when p_claims_of is null then '' else set_config('request.jwt.claims', json_build_object('sub', p_claims_of)::text, true) end
$$;
create temporary view trail as
select t.id, t.from_status, t.to_status, t.cause, t.reason, t.actor_role, p.email as actor, t.event_receipt is not null as has_event
from handoff.step_transitions as t
left join handoff.profiles as p on p.id = t.actor_id;

select test.act('handoff_webhook');
select pg_temp.forge(ada) from given;
select is(
  test.send('hsi', 'course.completed', john), 'accepted:completed', 'the webhook''s connection claims to be an admin'
) from given;
select test.as_dba();
select results_eq(
  'select from_status, to_status, cause, reason, actor_role, actor, has_event from trail order by id desc limit 2',
  $$values
    ('pending', 'in_progress', 'advanced', null, 'handoff_webhook', null, true),
    ('in_progress', 'completed', 'partner_event', null, 'handoff_webhook', null, true)$$,
  'the trail says that it was the webhook, and why'
);
select is(
  (select count(*) from trail where cause = 'forged' or reason = 'forged'), 0::bigint,
  'what the caller had set is nowhere in it'
);

select test.as_admin(ada) from given;
select pg_temp.forge() from given;
select is(
  handoff.hold_enrollment(enrollment_id, 'on leave'), 'on_hold', 'an admin sets the cause first, then acts'
) from given;
select test.as_dba();
select results_eq(
  'select cause, reason, actor_role, actor, has_event from trail order by id desc limit 1',
  $$values ('held', 'on leave', 'handoff_admin', 'ada@test.example', false)$$,
  'the trail has the act, its reason and its person'
);

select test.act('handoff_worker');
select pg_temp.forge(ada) from given;
select throws_ok('select handoff.mark_step_complete(null)', 'TH404', null, 'the worker claims to be an admin') from given;
select test.as_dba();
select handoff.resume_enrollment(enrollment_id, 'back') from given;
create temporary table second as select test.step(enrollment_id, 2) as step_id from given;
grant select on second to public;
select test.act('handoff_worker');
select pg_temp.forge(ada) from given;
select lives_ok('select handoff.mark_step_complete(step_id) from second', 'and completes a step');
select test.as_dba();
select results_eq(
  $$select cause, actor_role, actor from trail where to_status = 'completed' order by id desc limit 1$$,
  $$values ('marked', 'handoff_worker', null)$$,
  'the trail says that it was the worker'
);

select pg_temp.forge();
update handoff.enrollment_steps set status = 'failed' where id = (select test.step(enrollment_id, 3) from given);
select results_eq(
  'select to_status, cause, reason, has_event from trail order by id desc limit 1',
  $$values ('failed', 'direct', null, false)$$,
  'a DBA''s own UPDATE is direct, whatever the settings say'
);
select throws_ok('update handoff.step_transitions set actor_id = null', 'TH405', null, 'and stays');

select * from finish();
rollback;
