begin;
select plan(7);

create temporary table given as select test.student() as student, test.admin() as admin, test.enroll('cna') as enrollment_id;
grant select on given to public;
select test.deliver_raw('hsi', '{', 'one');
create temporary table parked as select receipt from handoff.partner_events;
grant select on parked to public;

select function_privs_are('handoff', 'replay_partner_event', array['uuid'], role, privileges, role)
from (values
  ('handoff_student', array[]::text[]), ('handoff_public', array[]::text[]), ('handoff_webhook', array[]::text[]),
  ('handoff_admin', array['EXECUTE']), ('handoff_worker', array['EXECUTE'])
) as v (role, privileges);
select test.act('handoff_admin', student) from given;
select throws_ok(
  format('select handoff.replay_partner_event(%L)', receipt), 'TH403', null, 'the role alone does not make an admin'
) from parked;
select test.as_dba();
select test.act('handoff_worker');
select is((handoff.replay_partner_event(receipt)).status, 'rejected', 'the worker needs no person') from parked;
select test.as_dba();

select * from finish();
rollback;
