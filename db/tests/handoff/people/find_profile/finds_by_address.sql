begin;
select plan(3);

create temporary table given as select test.student() as john;
grant select on given to public;
select is(handoff.find_profile(' JOHN@test.example'), john, 'as people type it') from given;
select throws_ok($$select handoff.find_profile('nobody@test.example')$$, 'TH404', null, 'nobody');
select test.as_admin(john) from given;
select throws_ok($$select handoff.find_profile('john@test.example')$$, 'TH403', null, 'for admins only');

select * from finish();
rollback;
