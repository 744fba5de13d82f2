begin;
select plan(28);

-- An id either can be linked, or is refused when it arrives: nothing waits for a link that nobody can make.
create temporary table given as select test.student() as john;
create temporary table odd (what, id) as
  values
    ('a Hangul filler', 's' || chr(12644)), ('a halfwidth filler', 's' || chr(65440)), ('a Choseong filler', 's' || chr(4447)),
    ('a variation selector', 's' || chr(65039)), ('another of them', 's' || chr(917760)), ('a Mongolian one', 's' || chr(6155)),
    ('a blank Braille sign', 's' || chr(10240)), ('a joiner of letters', 's' || chr(847)), ('a Khmer vowel that is none', 's' || chr(6068)),
    ('a byte order mark', chr(65279) || 's'), ('a hard space', 's' || chr(160)), ('a sign that turns the text', 's' || chr(8238)),
    ('nothing else', chr(12644));
create function pg_temp.sent(p_id text) returns text language sql as $$
  select test.deliver_raw('hsi', convert_to(jsonb_build_object('event', 'course.completed', 'student_id', p_id)::text, 'UTF8'))
$$;
select is(pg_temp.sent(id), 'rejected:bad_field', what) from odd;
select throws_ok(format('select handoff.link_partner_account(''hsi'', %L, %L)', id, john), 'TH400', null, 'not to be linked: ' || what)
from odd cross join given;

insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)
select 'hsi', 's' || chr(65039), john, handoff.clock() from given;
select is(pg_temp.sent('s' || chr(65039)), 'parked:no_enrollment', 'one that was linked by an earlier version is known');
select is(
  test.deliver_raw('hsi', convert_to(format('{"event": "course.completed", "student_id": %s, "course_id": %s}', to_json(john), to_json('a' || chr(65039))), 'UTF8')),
  'parked:no_enrollment', 'the name of a course may have such a sign: nobody links it'
) from given;

select * from finish();
rollback;
