begin;
select plan(12);

select test.set_clock('2026-03-02 09:00:00+00');
select test.student('john@test.example'), test.student('jane@test.example');
create function pg_temp.ask(p_email text, p_token text) returns boolean language sql as $$
  select handoff.request_sign_in(p_email, sha256(convert_to(p_token, 'UTF8')))
$$;
create function pg_temp.use(p_token text) returns boolean language sql as $$
  select exists (
    select from handoff.complete_sign_in(sha256(convert_to(p_token, 'UTF8')), sha256(convert_to('with ' || p_token, 'UTF8')))
  )
$$;

select is(
  array(select pg_temp.ask('john@test.example', 'token ' || g.number) from generate_series(1, 5) as g (number) order by g.number),
  array[true, true, true, true, true], 'five that can be used'
);
select is(pg_temp.ask('john@test.example', 'token 6'), false, 'the sixth is not made');
select is(pg_temp.ask('jane@test.example', 'token 6'), true, 'another person is not concerned');
select test.travel('14 minutes 59 seconds');
select is(pg_temp.ask('john@test.example', 'token 7'), false, 'not while the five are good');
select is(pg_temp.use('token 1'), true, 'which they are');
select is(pg_temp.ask('john@test.example', 'token 8'), true, 'a sign-in uses them up, and there is a link again');
select is(
  array(select pg_temp.ask('john@test.example', 'more ' || g.number) from generate_series(1, 5) as g (number) order by g.number),
  array[true, true, true, true, false], 'five again'
);
select test.travel('15 minutes');
select is(pg_temp.ask('john@test.example', 'token 9'), true, 'whoever had them made: 15 minutes later there is a link again');
select test.set_clock('2026-03-02 08:00:00+00');
select is(pg_temp.ask('john@test.example', 'token 10'), true, 'a link that a clock''s step back makes useless does not count');
select is(pg_temp.use('token 10'), true, 'what is made instead can be used');
select test.set_clock('2026-03-03 10:00:00+00');
select is(pg_temp.ask('john@test.example', 'token 11'), true, 'a day later');
select is(
  (select count(*) from handoff.sign_in_links as l where l.profile_id = test.student('john@test.example')), 1::bigint,
  'old links are not kept'
);

select * from finish();
rollback;
