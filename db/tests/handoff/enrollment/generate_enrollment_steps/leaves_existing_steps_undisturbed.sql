begin;
select plan(6);

create temporary table given as select test.enroll('medical-assistant') as enrollment_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;

select is(handoff.generate_enrollment_steps(enrollment_id), 0, 'steps exist: 0') from given;
select is(test.picture(enrollment_id), picture, 'and nothing is disturbed') from given, before;

-- The program is edited: a new first partner, a new last one.
update handoff.program_partners set sequence_order = sequence_order + 1 where program_slug = 'medical-assistant';
insert into handoff.program_partners (program_slug, partner_slug, sequence_order)
values ('medical-assistant', 'milady', 1), ('medical-assistant', 'jri', 9);
select is(handoff.generate_enrollment_steps(enrollment_id), 0, 'after an edit of the program: 0') from given;
select is(test.picture(enrollment_id), picture, 'no step is added and none is started beside the running one') from given, before;

update handoff.enrollments set status = 'on_hold' where id = (select enrollment_id from given);
select is(handoff.generate_enrollment_steps(enrollment_id), 0, 'on hold, with steps: 0') from given;
update handoff.enrollments set status = 'withdrawn', withdrawn_at = handoff.clock() where id = (select enrollment_id from given);
select is(handoff.generate_enrollment_steps(enrollment_id), 0, 'withdrawn, with steps: 0') from given;

select * from finish();
rollback;
