begin;
select plan(3);
select test.set_clock('2026-03-02 12:00+00');
create temporary table given as
  select test.admin() as ada, test.student('zeb@test.example') as zeb, test.enroll('cna', 'zeb@test.example') as zebs;
update handoff.profiles set full_name = 'Zebulon Quux' where email = 'zeb@test.example';
select test.follow_trail();
select handoff.fail_step(test.step(zebs, 1), 'Zebulon Quux cheated') from given;
select test.follow_trail();
select test.sweep();
select test.travel('1 day');
select test.sweep();
select cmp_ok((select count(*) from handoff.outbox as o where o.kind = 'digest'), '>', 0::bigint, 'admins are told that a student is blocked');
select is_empty(
  $$select o.* from handoff.outbox as o, given as g
    where o.kind in ('digest', 'alert', 'alert_webhook') and concat(o.facts, o.body) ~* ('zeb|quux|' || g.zeb)$$,
  'and not who'
);
select handoff.erase_profile(zeb, 'asked for it') from given;
select is((select bool_and(o.facts <> '{}') from handoff.outbox as o where o.kind = 'digest'), true, 'what they were told stays');
select * from finish();
rollback;
