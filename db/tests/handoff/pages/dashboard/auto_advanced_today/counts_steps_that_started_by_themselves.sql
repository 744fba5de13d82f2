begin;
select plan(5);

select test.set_clock('2026-03-02 23:59:58+00');
create temporary table given as
  select test.enroll('medical-assistant', 'a@test.example') as a, test.enroll('cna', 'b@test.example') as b, test.student('new@test.example') as new,
    test.student('a@test.example') as student_a, test.student('b@test.example') as student_b;
grant select on given to public;
select is(handoff.auto_advanced_today(), 0, 'the first step of an enrollment was started by whoever enrolled');
select test.act('handoff_webhook');
select test.send('hsi', 'course.completed', student_a) from given;
select test.as_dba();
select is(handoff.auto_advanced_today(), 1, 'a step that an event started');

select test.travel('2 seconds');
select is(handoff.auto_advanced_today(), 0, 'yesterday''s do not count: the day is that of the school, here UTC');
select test.act('handoff_webhook');
select test.send('certiport', 'exam.completed', student_a, '{"passed": true}') from given;
select test.act('handoff_worker');
select handoff.enroll_student(new, 'cna') from given;
select test.as_dba();
select is(handoff.auto_advanced_today(), 1, 'a first step does not count, even when the worker enrolled');
select handoff.mark_step_complete(test.step(b, 1)) from given;
select is(handoff.auto_advanced_today(), 1, 'nor one that a person''s act started');

select * from finish();
rollback;
