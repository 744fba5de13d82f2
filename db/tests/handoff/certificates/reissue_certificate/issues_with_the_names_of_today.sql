begin;
select plan(15);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as
  select test.enrollment_in('completed') as enrollment_id, test.admin() as ada, test.student('jane@test.example') as jane;
create temporary table old as select c.* from handoff.certificates as c join given using (enrollment_id);
grant select on given, old to public;
update handoff.profiles set full_name = 'Ann Married' where id = (select student_id from old);
update handoff.programs set name = 'Another Name' where slug = 'cna';
update handoff.school
set name = 'Our School', address = '1 Main Street', signatory = E'Ann Lee\nDirector', time_zone = 'America/New_York';

select test.travel('1 day');
select test.as_admin(ada) from given;
select throws_ok(format('select handoff.reissue_certificate(%L, null)', number), 'TH400', null, 'not without a reason') from old;
select throws_ok($$select handoff.reissue_certificate('0000-0000-0000-0000-0', 'why')$$, 'TH404', null, 'an unknown number');
create temporary table anew as select handoff.reissue_certificate(number, 'she married') as number from old;
grant select on anew to public;
select isnt(a.number, o.number, 'a new number') from anew as a, old as o;
select is(handoff.reissue_certificate(o.number, 'once more'), a.number, 'of a replaced one the number that replaced it') from anew as a, old as o;
select throws_ok(format('select handoff.revoke_certificate(%L, ''why'')', number), 'TH409', null, 'a replaced one is not revoked') from old;
select test.as_admin(jane) from given;
select throws_ok(format('select handoff.reissue_certificate(%L, ''why'')', number), 'TH403', null, 'not by a student') from old;
select test.as_dba();
select results_eq(
  'select to_jsonb(c) from handoff.certificates as c join anew using (number)',
  $$select to_jsonb(o) || jsonb_build_object(
      'number', a.number, 'student_name', 'Ann Married', 'school_name', 'Our School', 'school_address', '1 Main Street',
      'signatory', E'Ann Lee\nDirector'
    )
    from old as o, anew as a$$,
  'the student''s and the school''s names of today, all else as on the first'
);
select results_eq(
  'select v.state, v.student_name, v.replaced_at, v.revoked_at from old as o, handoff.verify_certificate(o.number) as v',
  $$select 'replaced', o.student_name, '2026-03-03 09:00:00+00'::timestamptz, null::timestamptz from old as o$$,
  'the old one is replaced, and says since when'
);
select is((select v.state from handoff.verify_certificate(number) as v), 'valid', 'the new one is valid') from anew;
select results_eq(
  'select a.act, a.reason, a.certificate_number, a.actor_id from handoff.acts as a',
  $$select 'certificate_reissued', 'she married', o.number, g.ada from old as o, given as g$$,
  'one act'
);
select is_empty('select * from handoff_private.book_faults()', 'the books agree');
select isnt(handoff.reissue_certificate(number, 'a new logo'), number, 'the new one can be replaced, too') from anew;
select is(count(*), 1::bigint, 'one is valid')
from handoff.certificates as c join given using (enrollment_id) where handoff_private.certificate_state(c) = 'valid';
update handoff.certificates set student_name = null where enrollment_id = (select enrollment_id from given);
select throws_ok(
  format('select handoff.reissue_certificate(%L, ''why'')', c.number), 'TH409', null, 'there is no name after an erasure'
) from handoff.certificates as c join given using (enrollment_id) where handoff_private.certificate_state(c) = 'valid';
select is((select v.student_name from handoff.verify_certificate(number) as v), null, 'nor is one shown') from old;

select * from finish();
rollback;
