begin;
select plan(6);
select test.set_clock('2026-03-02 12:00+00');
update handoff.school set time_zone = 'America/New_York';
create temporary table given as select test.admin() as ada, test.student() as john;
grant select on given to public;
create function pg_temp.certify(p_name text, p_at timestamptz) returns void language sql as $$
  select test.set_clock(p_at);
  select handoff.mark_step_complete(test.step(test.enroll('cpr-first-aid', p_name || '@test.example'), 1));
$$;
-- Monday begins at 5:00 UTC there.
select pg_temp.certify('long-ago', '2026-03-02 04:59+00');
select pg_temp.certify('first', '2026-03-02 05:00+00'), pg_temp.certify('last', '2026-03-09 03:59+00');
select pg_temp.certify('new', '2026-03-09 04:00+00'), pg_temp.certify('renamed', '2026-03-09 12:00+00'), pg_temp.certify('taken', '2026-03-09 12:00+00');
select test.set_clock('2026-03-11 12:00+00');

select test.as_admin(ada) from given;
select results_eq('select * from handoff.certified_weeks()', 'values (3, 2)', 'since Monday, and in the week before, by the school''s clocks');
select handoff.revoke_certificate(c.number, 'by mistake')
from handoff.certificates as c join handoff.profiles as p on p.id = c.student_id where p.email = 'taken@test.example';
select results_eq('select * from handoff.certified_weeks()', 'values (2, 2)', 'one that is revoked counts no more');
select test.as_dba();
select test.set_clock('2026-03-16 12:00+00');
select test.as_admin(ada) from given;
select handoff.reissue_certificate(c.number, 'another name')
from handoff.certificates as c join handoff.profiles as p on p.id = c.student_id where p.email = 'renamed@test.example';
select results_eq('select * from handoff.certified_weeks()', 'values (0, 2)', 'one that is issued again counts when it was earned');
select handoff.reopen_step(s.id, 'not done')
from handoff.enrollment_steps as s join handoff.enrollments as e on e.id = s.enrollment_id join handoff.profiles as p on p.id = e.student_id
where p.email = 'new@test.example';
select results_eq('select * from handoff.certified_weeks()', 'values (0, 1)', 'nor who is enrolled again');
select test.as_admin(john) from given;
select results_eq('select * from handoff.certified_weeks()', 'values (0, 0)', 'an admin''s role with a student''s claims counts none');
select test.as_student(john) from given;
select throws_ok('select from handoff.certified_weeks()', '42501', null, 'a student may not ask');
select * from finish();
rollback;
