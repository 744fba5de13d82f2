begin;
select plan(13);

create function pg_temp.send(p_partner text, p_event text, p_more jsonb default '{}') returns text language sql as $$
  select test.deliver_raw(p_partner, b.body, encode(sha256(b.body), 'hex'))
  from (
    select convert_to((jsonb_build_object('event', p_event, 'student_id', test.student()) || p_more)::text, 'UTF8')
  ) as b (body)
$$;
create temporary table first as select test.enroll('administrative-assistant') as enrollment_id;
select is(pg_temp.send('jri', 'certificate.issued'), 'accepted:evidence', 'evidence');
select is(pg_temp.send('jri', 'certificate.issued'), 'duplicate:accepted:evidence', 'evidence again');
select is(pg_temp.send('jri', 'module.completed'), 'accepted:progress', 'progress');
select is(pg_temp.send('jri', 'module.completed'), 'duplicate:accepted:progress', 'progress again');
select is(pg_temp.send('certiport', 'exam.completed', '{"passed": false}'), 'accepted:attempt_failed', 'a failed attempt');
select is(
  pg_temp.send('certiport', 'exam.completed', '{"passed": false}'),
  'duplicate:accepted:attempt_failed', 'a failed attempt again'
);
select handoff.hold_enrollment(enrollment_id, 'a break') from first;
select is(
  pg_temp.send('certiport', 'exam.completed', '{"passed": false}'),
  'duplicate:accepted:attempt_failed', 'a failed attempt while on hold'
);
select handoff.resume_enrollment(enrollment_id, 'back') from first;
select is(pg_temp.send('jri', 'program.completed'), 'accepted:completed', 'a completion');

create temporary table second as select test.enroll('entrepreneurship') as enrollment_id;
update handoff.partners set status = 'disabled' where slug = 'jri';
select is(
  pg_temp.send('jri', 'program.completed'),
  'duplicate:accepted:completed', 'a completion again, the partner is disabled'
);
update handoff.partners set status = 'active' where slug = 'jri';
select handoff.withdraw_enrollment(enrollment_id, 'left') from second;
select is(
  pg_temp.send('jri', 'program.completed'), 'duplicate:accepted:completed', 'a completion again, the student has left'
);

-- Only the hash of this body is such a key.
select is(
  test.deliver_raw('jri', '{', encode(sha256('other'), 'hex')), 'rejected:bad_json', 'the hash of something else as the key of a body'
);
select is(
  test.deliver_raw('jri', '{', encode(sha256('other'), 'hex')), 'duplicate:rejected:bad_json', 'is a key like another'
);
select is((select max(e.repetition) from handoff.partner_events as e), 0, 'nothing was parked');

select * from finish();
rollback;
