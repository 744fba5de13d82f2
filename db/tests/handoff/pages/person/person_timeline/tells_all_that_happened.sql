begin;
select plan(9);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as select test.admin() as ada, test.student('ann@test.example') as ann, test.enroll('cna', 'ann@test.example') as id;
select test.follow_trail();
select test.travel('1 hour');
select test.send('hsi', 'course.completed', ann) from given;
select test.travel('1 hour');
grant select on given to public;
select test.as_admin(ada) from given;
select handoff.hold_enrollment(id, 'on leave'), handoff.correct_profile(ann, null, 'Ann New', 'married') from given;
create temporary table told as select t.*, row_number() over () as n from given as g cross join lateral handoff.person_timeline(g.ann) as t;
select is((select string_agg(distinct t.kind, ' ' order by t.kind) from told as t), 'act change event message', 'changes, acts, events and messages');
select is((select bool_and(t.at >= o.at) from told as t join told as o on o.n = t.n + 1), true, 'the newest first');
select is((select t.code || ' ' || t.detail || ' ' || t.actor from told as t where t.to_status = 'on_hold'), 'held on leave Ada Admin', 'why, and by whom');
select is((select t.about || ' ' || t.to_status || ' ' || t.code || ' ' || t.detail from told as t where t.kind = 'event'), 'Health & Safety Institute accepted completed course.completed', 'what a partner said');
select is((select t.to_status from told as t where t.kind = 'message' and t.code = 'enrolled'), 'pending', 'how a mail stands');
select is((select count(*) from given as g cross join lateral handoff.person_timeline(g.ann, p_limit => 3) as t), 3::bigint, 'a page');
select is(
  (
    select string_agg(t.id, ' ' order by t.at desc, t.id desc)
    from told as l
    cross join given as g
    cross join lateral handoff.person_timeline(g.ann, l.at, l.id) as t
    where l.n = 3
  ),
  (select string_agg(t.id, ' ' order by t.n) from told as t where t.n > 3), 'the next page goes on there'
);
select is_empty('select from handoff.person_timeline(gen_random_uuid()) as t', 'of nobody: nothing');
select test.as_admin(ann) from given;
select is_empty('select from given as g cross join lateral handoff.person_timeline(g.ann) as t', 'a student''s claims are told nothing here');
select * from finish();
rollback;
