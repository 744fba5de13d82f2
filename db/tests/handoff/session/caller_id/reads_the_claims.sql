begin;
select plan(6);

create temporary table given as select test.student() as john;
select is(handoff.caller_id(), null, 'without claims: nobody');
select test.act('none', john) from given;
select is(handoff.caller_id(), john, 'the sub of the claims') from given;
select set_config('request.jwt.claims', '', true);
select is(handoff.caller_id(), null, 'empty claims, as a transaction leaves them behind: nobody');
select set_config('request.jwt.claims', '{"role": "admin"}', true);
select is(handoff.caller_id(), null, 'claims without sub: nobody');
select set_config('request.jwt.claims', '{"sub": "not a uuid"}', true);
select throws_ok('select handoff.caller_id()', '22P02', null, 'claims that can not be read are an error, not nobody');
select set_config('request.jwt.claims', 'not json', true);
select throws_ok('select handoff.caller_id()', '22P02', null, 'nor is broken JSON nobody');

select * from finish();
rollback;
