begin;
select plan(27);

create temporary table given as
select test.student() as john, test.enroll('medical-assistant') as enrollment_id, test.admin() as ada;
create temporary table writers as
select c.call
from given
cross join lateral (values
  (format('handoff.mark_step_complete(%L)', test.step(enrollment_id, 1))),
  (format('handoff.mark_step_complete(%L, %L)', test.step(enrollment_id, 1), 'ext-1')),
  (format('handoff.advance_to_next_step(%L)', enrollment_id)),
  (format('handoff.generate_enrollment_steps(%L)', enrollment_id)),
  (format('handoff.enroll_student(%L, %L)', john, 'emt')),
  (format('handoff.create_profile(%L, %L, %L)', 'john@test.example', 'John', 'admin')),
  (format('handoff.receive_partner_event(%L, %L, %L)', 'hsi', 'key', '{"event": "course.completed"}'))
) as c (call);
create temporary table before as select test.picture(enrollment_id) as picture from given;
grant select on given, writers to public;

select test.as_student(john) from given;
select throws_ok(
  'select ' || call, '42501', null, 'the enrolled student can not call ' || split_part(call, '(', 1)
) from writers;
set local role handoff_public;
select throws_ok('select ' || call, '42501', null, 'nor a visitor') from writers;
set local role handoff_webhook;
select throws_ok(
  'select ' || call, '42501', null, 'nor the webhook, but for its one function'
) from writers where call not like '%receive%';

select test.as_dba();
select is(test.picture(enrollment_id), picture, 'and nothing moved') from given, before;

-- The worker moves any enrollment and needs no person; a person can not borrow it.
select test.act('handoff_worker');
select lives_ok('select ' || call, 'the worker can call ' || split_part(call, '(', 1)) from writers where call like '%advance%';
select throws_ok('select ' || call, '42501', null, 'the worker makes no profile') from writers where call like '%create_profile%';

-- An admin's hand is not the partner's: steps are completed by events, each kept with what was sent.
select test.as_admin(ada) from given;
select throws_ok('select ' || call, '42501', null, 'an admin can not call ' || split_part(call, '(', 1))
from writers where call like '%mark_step%' or call like '%advance%' or call like '%generate%';

select * from finish();
rollback;
