begin;
select plan(13);
set local client_min_messages = warning;

create temporary table given as select test.enroll('cna') as enrollment_id;
grant select on given to public;
create temporary table before as select count(*) as rows, max(t.id) as last from handoff.step_transitions as t;

select throws_ok('update handoff.step_transitions set cause = ''forged''', 'TH405', null, 'update by a superuser');
select throws_ok('delete from handoff.step_transitions', 'TH405', null, 'delete by a superuser');
select throws_ok('truncate handoff.step_transitions', 'TH405', null, 'truncate by a superuser');
select throws_ok('truncate handoff.enrollments cascade', 'TH405', null, 'truncate of what it points to');
select throws_ok('update handoff.step_transitions set cause = ''forged'' where false', 'TH405', null, 'even of no row');
set local role handoff_owner;
select throws_ok('update handoff.step_transitions set cause = ''forged''', 'TH405', null, 'update by the owner');
select throws_ok('delete from handoff.step_transitions', 'TH405', null, 'delete by the owner');
select throws_ok('truncate handoff.step_transitions', 'TH405', null, 'truncate by the owner');
select test.act('handoff_admin');
select throws_ok('update handoff.step_transitions set cause = ''forged''', '42501', null, 'an admin may not even try');
select throws_ok('delete from handoff.step_transitions', '42501', null, 'nor to delete');
select throws_ok(
  $$insert into handoff.step_transitions (occurred_at, enrollment_id, to_status, cause, actor_role)
    select handoff.clock(), enrollment_id, 'completed', 'forged', 'nobody' from given$$,
  '42501', null, 'nor to add'
);
select test.as_dba();
select is(count(*), before.rows, 'every row is there') from handoff.step_transitions, before group by before.rows;
select is(
  test.refused_by('delete from handoff.enrollment_steps where enrollment_id = ' || quote_literal(enrollment_id)),
  '23503:step_transitions_step_id_enrollment_id_fkey', 'and keeps what it points to'
) from given;

select * from finish();
rollback;
