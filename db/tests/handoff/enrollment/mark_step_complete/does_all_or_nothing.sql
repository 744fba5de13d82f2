begin;
select plan(5);

create temporary table given as select test.enroll('cpr-first-aid') as enrollment_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

create function test.no_certificate() returns trigger language plpgsql as $$
begin
  raise exception 'the printer is on fire' using errcode = 'TEST1';
end;
$$;
create trigger no_certificate before insert on handoff.certificates for each row execute function test.no_certificate();

select throws_ok(
  format('select handoff.mark_step_complete(%L)', test.step(enrollment_id, 1)), 'TEST1', null, 'a certificate that can not be written'
) from given;
select is(test.picture(enrollment_id), picture, 'leaves the step, the enrollment and the trail as they were') from given, before;

drop trigger no_certificate on handoff.certificates;
select is(handoff.mark_step_complete(test.step(enrollment_id, 1)), null, 'and the same call does it all later') from given;
select is(test.status(enrollment_id), 'completed', 'step and enrollment') from given;
select isnt_empty('select from handoff.certificates where enrollment_id = (select enrollment_id from given)', 'and certificate');

select * from finish();
rollback;
