begin;
select plan(37);

create temporary table given as
  select test.student() as john, test.admin() as ada, test.enroll('cna') as enrollment_id;
create temporary table calls as
  select c.call
  from given
  cross join lateral (values
    (format('handoff.create_profile(%L, %L)', 'jane@test.example', 'Jane Student')),
    (format('handoff.enroll_student(%L, %L)', john, 'emt')),
    (format('handoff.approve_enrollment(%L, %L)', enrollment_id, 'why')),
    (format('handoff.hold_enrollment(%L, %L)', enrollment_id, 'why')),
    (format('handoff.resume_enrollment(%L, %L)', enrollment_id, 'why')),
    (format('handoff.withdraw_enrollment(%L, %L)', enrollment_id, 'why')),
    (format('handoff.skip_step(%L, %L)', test.step(enrollment_id, 1), 'why')),
    (format('handoff.fail_step(%L, %L)', test.step(enrollment_id, 1), 'why')),
    (format('handoff.reopen_step(%L, %L)', test.step(enrollment_id, 1), 'why')),
    (format('handoff.link_partner_account(%L, %L, %L)', 'hsi', 'A-1', john)),
    (format('handoff.replay_partner_event(%L)', john)),
    (format('handoff.assign_partner_event(%L, %L, %L)', john, john, 'why'))
  ) as c (call);
create temporary table before as select test.picture(enrollment_id) as picture from given;
grant select on given, calls to public;

select test.as_admin(john) from given;
select throws_ok('select ' || call, 'TH403', null, 'a student''s claims in the admin role: ' || split_part(call, '(', 1)) from calls;
select test.as_admin(gen_random_uuid());
select throws_ok('select ' || call, 'TH403', null, 'unknown claims in the admin role: ' || split_part(call, '(', 1)) from calls;
select test.act('handoff_student', john) from given;
select throws_ok('select ' || call, '42501', null, 'a student may not call ' || split_part(call, '(', 1)) from calls;
select test.as_dba();
select is(test.picture(enrollment_id), picture, 'nothing moved') from given, before;

select * from finish();
rollback;
