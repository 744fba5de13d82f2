begin;
select plan(6);

create temporary table given as select test.student() as john;
create function pg_temp.ask(p_email text) returns boolean language sql as $$
  select handoff.request_sign_in(p_email, decode(md5(random()::text) || md5(random()::text), 'hex'))
$$;

-- The shell alone is told, to know whether to send a mail. What a visitor could see is the time.
select test.act('handoff_public');
select is(pg_temp.ask('nobody@test.example'), false, 'an unknown address');
select is(current_setting('synchronous_commit'), 'off', 'does not wait for the disk');
set local synchronous_commit = on;
select is(pg_temp.ask('john@test.example'), true, 'a known one');
select is(current_setting('synchronous_commit'), 'off', 'does not either, though it has written');
select throws_ok('select from handoff.profiles', '42501', null, 'a visitor can not look for an address');
select throws_ok('select from handoff.sign_in_links', '42501', null, 'nor see whether a link was made');

select * from finish();
rollback;
