begin;
select plan(5);

-- The last of two events meets trouble: linking is one act, so it is tried again as a whole.
create function pg_temp.trouble() returns trigger language plpgsql as $$ begin raise exception using errcode = '40P01'; end $$;
create trigger trouble before insert on handoff.certificates for each row
  when (current_setting('test.trouble', true) = 'on') execute function pg_temp.trouble();
create temporary table given as
  select test.student('linked@test.example') as student_id, test.enroll('cpr-first-aid', 'linked@test.example') as enrollment_id;
select test.send('hsi', 'certificate.issued', null, '{"student_id": "linked-1"}');
select test.send('hsi', 'course.completed', null, '{"student_id": "linked-1"}');

set local test.trouble = 'on';
select throws_ok(
  format('select handoff.link_partner_account(%L, %L, %L)', 'hsi', 'linked-1', student_id),
  '40P01', null, 'Our own trouble is raised, never parked'
) from given;
select is(
  (select string_agg(e.reason, ' ') from handoff.partner_events as e),
  'unknown_student unknown_student', 'no event has moved'
);
select is(
  (select a.student_id from handoff.partner_accounts as a where a.external_student_id = 'linked-1'),
  null, 'and the account is not linked'
);
set local test.trouble = 'off';
select is(handoff.link_partner_account('hsi', 'linked-1', student_id), 2, 'the next try applies both') from given;
select is(test.status(enrollment_id), 'completed', 'completed') from given;

select * from finish();
rollback;
