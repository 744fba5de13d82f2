begin;
select plan(5);

create temporary table given as select test.enroll('cna') as enrollment_id;
-- What a function leaves behind in the same transaction, and what a DBA may set.
select handoff.hold_enrollment(enrollment_id, 'on leave'), handoff.resume_enrollment(enrollment_id, 'is back') from given;
select set_config('handoff.act', '(partner_event,forged,,,)', true);

update handoff.enrollment_steps set status = 'failed' where id = (select test.step(enrollment_id, 1) from given);
update handoff.enrollments set status = 'withdrawn', withdrawn_at = handoff.clock() where id = (select enrollment_id from given);
insert into handoff.enrollment_steps (enrollment_id, partner_slug, sequence_order) select enrollment_id, 'jri', 9 from given;
create temporary table last as
  select t.* from handoff.step_transitions as t join given using (enrollment_id) order by t.id desc limit 3;

select is(array_agg(t.cause order by t.id), array['direct', 'direct', 'direct'], 'a step, an enrollment and a new step: direct') from last as t;
select is(array_agg(t.reason order by t.id), array[null, null, null]::text[], 'without a reason') from last as t;
select is(array_agg(t.to_status order by t.id), array['failed', 'withdrawn', 'pending'], 'with what was done') from last as t;
select is(array_agg(distinct t.actor_role), array[session_user::text], 'by the login that did it') from last as t;

select set_config('handoff.act', 'kept', true);
update handoff.enrollment_steps set status = 'failed', started_at = handoff.clock() where id = (select test.step(enrollment_id, 2) from given);
select is(
  (select t.cause from handoff.step_transitions as t order by t.id desc limit 1), 'direct', 'not even that it is in the trail already'
);

select * from finish();
rollback;
