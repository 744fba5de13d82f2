begin;
select plan(2);

insert into handoff.programs (slug, name, category) values ('with-option', 'With Option', 'Test'), ('with-it-too', 'With It Too', 'Test');
insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required) values
  ('with-option', 'hsi', 1, true), ('with-option', 'jri', 2, false), ('with-it-too', 'milady', 1, true), ('with-it-too', 'jri', 2, false);
select test.set_clock('2026-03-02 09:00:00+00');
create temporary table older as select test.student() as student_id, test.enroll('with-option') as enrollment_id;
select test.travel('1 day');
create temporary table newer as select test.enroll('with-it-too') as enrollment_id;
create function pg_temp.enrollment_of(p_key text) returns uuid language sql as $$
  select e.enrollment_id from handoff.partner_events as e where e.event_key = p_key
$$;

select test.send('jri', 'program.completed', student_id, p_key => 'both-open') from older;
select is(pg_temp.enrollment_of('both-open'), enrollment_id, 'of two open ones the newest') from newer;
select handoff.mark_step_complete(test.step(enrollment_id, 1)) from newer;
select test.send('jri', 'program.completed', student_id, p_key => 'one-open') from older;
select is(pg_temp.enrollment_of('one-open'), enrollment_id, 'an open one goes before a completed one that is newer') from older;

select * from finish();
rollback;
