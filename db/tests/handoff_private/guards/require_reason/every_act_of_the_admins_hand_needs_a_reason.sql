begin;
select plan(33);

create temporary table given as select test.enroll('cna') as enrollment_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select throws_ok(format('select handoff.%I(%L, %L)', a.act, a.id, r.reason), 'TH400', null, a.act || ' with ' || r.what)
from given
cross join lateral (values
  ('approve_enrollment', enrollment_id), ('hold_enrollment', enrollment_id), ('resume_enrollment', enrollment_id),
  ('withdraw_enrollment', enrollment_id), ('skip_step', test.step(enrollment_id, 1)),
  ('fail_step', test.step(enrollment_id, 1)), ('reopen_step', test.step(enrollment_id, 1))
) as a (act, id)
cross join (values
  (null, 'no reason'), ('', 'an empty reason'), ('  ', 'a blank reason'), (repeat('x', 1001), 'more than 1000 characters')
) as r (reason, what);
select throws_ok(
  format('select handoff.assign_partner_event(%L, %L, %L)', enrollment_id, enrollment_id, r.reason), 'TH400', null,
  'assign_partner_event with ' || r.what
)
from given
cross join (values
  (null, 'no reason'), ('', 'an empty reason'), ('  ', 'a blank reason'), (repeat('x', 1001), 'more than 1000 characters')
) as r (reason, what);
select is(test.picture(enrollment_id), picture, 'nothing moved') from given, before;

select * from finish();
rollback;
