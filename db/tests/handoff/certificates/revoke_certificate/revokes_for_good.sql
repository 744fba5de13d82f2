begin;
select plan(15);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as
  select test.enrollment_in('completed') as enrollment_id, test.admin() as ada, test.student('jane@test.example') as jane;
create temporary table issued as select c.* from handoff.certificates as c join given using (enrollment_id);
grant select on given, issued to public;
create temporary table before as select to_jsonb(e) as enrollment from handoff.enrollments as e join given as g on g.enrollment_id = e.id;

select test.travel('1 day');
select test.as_admin(ada) from given;
select throws_ok(format('select handoff.revoke_certificate(%L, '' '')', number), 'TH400', null, 'not without a reason') from issued;
select throws_ok($$select handoff.revoke_certificate('0000-0000-0000-0000-0', 'why')$$, 'TH404', null, 'an unknown number');
select throws_ok('select handoff.revoke_certificate(null, ''why'')', 'TH404', null, 'no number');
select is(handoff.revoke_certificate(lower(replace(number, '-', ' ')), 'a wrong link'), 'revoked', 'as people type the number') from issued;
select test.travel('1 day');
select is(handoff.revoke_certificate(number, 'once more'), 'revoked', 'a second time') from issued;
select throws_ok(format('select handoff.reissue_certificate(%L, ''why'')', number), 'TH409', null, 'it is not issued anew') from issued;
select test.as_admin(jane) from given;
select throws_ok(format('select handoff.revoke_certificate(%L, ''why'')', number), 'TH403', null, 'not by a student') from issued;
select test.act('handoff_public');
select results_eq(
  'select v.state, v.student_name, v.issued_at, v.revoked_at, v.replaced_at from issued as i, handoff.verify_certificate(i.number) as v',
  $$select 'revoked', i.student_name, i.issued_at, '2026-03-03 09:00:00+00'::timestamptz, null::timestamptz from issued as i$$,
  'everybody is told since when'
);
select test.as_dba();
select results_eq(
  'select to_jsonb(c) - ''revoked_at'' from handoff.certificates as c join given using (enrollment_id)',
  'select to_jsonb(i) - ''revoked_at'' from issued as i',
  'nothing else of it changed'
);
select is(to_jsonb(e), b.enrollment, 'nor of the enrollment')
from before as b, handoff.enrollments as e join given as g on g.enrollment_id = e.id;
select results_eq(
  'select a.occurred_at, a.act, a.reason, a.enrollment_id, a.certificate_number, a.actor_role, a.actor_id from handoff.acts as a',
  $$select '2026-03-03 09:00:00+00'::timestamptz, 'certificate_revoked', 'a wrong link', g.enrollment_id, i.number, 'handoff_admin', g.ada
    from given as g, issued as i$$,
  'one act, with its reason and its person'
);
select is_empty('select * from handoff_private.book_faults()', 'the books agree');
select throws_ok('update handoff.acts set reason = ''another''', 'TH405', null, 'an act is never changed');
select throws_ok('delete from handoff.acts', 'TH405', null, 'nor deleted');
select throws_ok('truncate handoff.acts', 'TH405', null, 'not all of them either');

select * from finish();
rollback;
