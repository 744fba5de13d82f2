begin;
select plan(2);

-- Where the key is the body's hash only a completion can be a possible_repeat, also while on hold.
create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as student_id;
create function pg_temp.send() returns text language sql as $$
  select test.deliver_raw('hsi', b.body, encode(sha256(b.body), 'hex'))
  from convert_to(jsonb_build_object('event', 'certificate.issued', 'student_id', test.student())::text, 'UTF8') as b (body)
$$;
select is(pg_temp.send(), 'accepted:evidence', 'a certificate');
select handoff.hold_enrollment(enrollment_id, 'a break') from given;
select is(pg_temp.send(), 'duplicate:accepted:evidence', 'once more, while its student is on hold');

select * from finish();
rollback;
