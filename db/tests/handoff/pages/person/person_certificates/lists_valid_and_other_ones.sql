begin;
select plan(2);
create temporary table given as select test.student('ann@test.example') as ann, test.enroll('cpr-first-aid', 'ann@test.example') as id;
select handoff.mark_step_complete(test.step(id, 1)) from given;
select is((select count(*) from given as g cross join lateral handoff.person_certificates(g.ann) as c where c.revoked_at is null and c.replaced_at is null), 1::bigint, 'a valid one');
select handoff.revoke_certificate(c.number, 'a mistake') from handoff.certificates as c;
select isnt(c.revoked_at, null, 'a revoked one is listed as such') from given as g cross join lateral handoff.person_certificates(g.ann) as c;
select * from finish();
rollback;
