begin;
select plan(3);

create temporary table given as select test.student() as john, test.enroll('cna') as cna;
select handoff.link_partner_account('hsi', id, john) from given, (values ('h-1'), (U&'jos\00E9')) as v (id);
select test.send('hsi', 'enrollment.created', null, jsonb_build_object('student_id', id, 'enrollment_id', 'class-7'))
from (values ('h-1'), (U&'jos\00E9')) as v (id);
select is((select s.external_enrollment_id from handoff.enrollment_steps as s where s.sequence_order = 1), 'class-7', 'both accounts told one reference');
select is(handoff.unlink_partner_account('hsi', U&'jose\0301', 'another'), 1, 'an account is found however it is composed');
select is((select s.external_enrollment_id from handoff.enrollment_steps as s where s.sequence_order = 1), 'class-7', 'and the other still tells it');

select * from finish();
rollback;
