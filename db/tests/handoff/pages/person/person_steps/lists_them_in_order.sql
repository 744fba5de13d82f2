begin;
select plan(2);
create temporary table given as select test.student('ann@test.example') as ann, test.enroll('medical-assistant', 'ann@test.example') as id;
select test.send('hsi', 'course.completed', ann) from given;
select is((select string_agg(s.partner_slug || ' ' || s.status, ', ' order by s.sequence_order) from given as g cross join lateral handoff.person_steps(g.ann) as s), (select string_agg(m.partner_slug || ' ' || case m.sequence_order when 1 then 'completed' when 2 then 'in_progress' else 'pending' end, ', ' order by m.sequence_order) from handoff.program_partners as m where m.program_slug = 'medical-assistant' and m.is_required), 'each with its partner and status');
insert into handoff.partner_answers (step_id, refused_at) select test.step(id, 2), handoff.clock() from given;
select isnt(s.refused_at, null, 'and the refusal of a partner') from given as g cross join lateral handoff.person_steps(g.ann) as s where s.sequence_order = 2;
select * from finish();
rollback;
