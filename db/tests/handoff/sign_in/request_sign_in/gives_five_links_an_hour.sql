begin;
select plan(7);

select test.set_clock('2026-03-02 09:00:00+00');
select test.student('john@test.example'), test.student('jane@test.example');
create function pg_temp.ask(p_email text, p_token text) returns boolean language sql as $$
  select handoff.request_sign_in(p_email, sha256(convert_to(p_token, 'UTF8')))
$$;

select is(
  array(select pg_temp.ask('john@test.example', 'token ' || g.number) from generate_series(1, 5) as g (number) order by g.number),
  array[true, true, true, true, true], 'five within the hour'
);
select is(pg_temp.ask('john@test.example', 'token 6'), false, 'the sixth is not made');
select is(pg_temp.ask('jane@test.example', 'token 6'), true, 'another person is not concerned');
select test.travel('59 minutes 59 seconds');
select is(pg_temp.ask('john@test.example', 'token 7'), false, 'not before the hour is over');
select test.travel('1 second');
select is(pg_temp.ask('john@test.example', 'token 8'), true, 'then there is a link again');
select test.travel('25 hours');
select is(pg_temp.ask('john@test.example', 'token 9'), true, 'and a day later');
select is(
  (select count(*) from handoff.sign_in_links as l where l.profile_id = test.student('john@test.example')), 1::bigint,
  'old links are not kept'
);

select * from finish();
rollback;
