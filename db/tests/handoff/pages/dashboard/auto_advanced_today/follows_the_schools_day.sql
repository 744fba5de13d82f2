begin;
select plan(4);

update handoff.school set time_zone = 'America/New_York';
select test.set_clock('2026-03-02 23:59:58+00');
create temporary table given as select test.enroll('medical-assistant') as enrollment_id, test.student() as john, test.admin() as ada;
grant select on given to public;
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', john) from given;
select test.as_dba();
select test.travel('2 seconds');
select test.as_admin(ada) from given;
select is(handoff.auto_advanced_today(), 1, 'UTC''s midnight is no midnight of the school');
select test.as_dba();
select handoff.count_refusals('hsi', 'bad_signature', 1);
select is((select max(r.day) from handoff.webhook_refusals as r), '2026-03-02', 'nor for what was refused');
select test.set_clock('2026-03-03 05:00:00+00');
select test.as_admin(ada) from given;
select is(handoff.auto_advanced_today(), 0, 'this is');
select test.as_dba();
select handoff.count_refusals('hsi', 'bad_signature', 1);
select is((select max(r.day) from handoff.webhook_refusals as r), '2026-03-03', 'for both');

select * from finish();
rollback;
