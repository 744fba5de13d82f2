begin;
select plan(5);
create temporary table given as select test.admin() as ada, test.student('ann@test.example') as ann, test.enroll('cna', 'ann@test.example') as id, test.enroll('emt', 'ben@test.example') as other;
create temporary table seen (n serial, version bigint);
create function pg_temp.look() returns void language sql as $$ insert into seen (version) select handoff.person_version(g.ann) from given as g $$;
create function pg_temp.grew() returns boolean language sql as $$
  select (select s.version from seen as s order by s.n desc limit 1) > (select s.version from seen as s order by s.n desc offset 1 limit 1)
$$;
select pg_temp.look();
select handoff.hold_enrollment(id, 'ill') from given;
select pg_temp.look();
select is(pg_temp.grew(), true, 'with a change');
select handoff.correct_profile(ann, null, 'Ann New', 'married') from given;
select pg_temp.look();
select is(pg_temp.grew(), true, 'with an act');
select handoff.hold_enrollment(other, 'ill') from given;
select pg_temp.look();
select is(pg_temp.grew(), false, 'not with what happens to others');
select is(handoff.person_version(gen_random_uuid()), 0::bigint, 'of nobody: nothing');
grant select on given to public;
select test.as_admin(ann) from given;
select is(handoff.person_version(ann), 0::bigint, 'nor of herself to a student in the admin''s role') from given;
select * from finish();
rollback;
