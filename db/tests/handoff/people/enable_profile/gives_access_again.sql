begin;
select plan(5);

create temporary table given as select test.student() as john, test.student('twin@test.example') as twin;
select is(handoff.enable_profile(john, 'asked'), 'active', 'who has access keeps it') from given;
select is_empty('select from handoff.acts', 'and nothing is written down');
select handoff.disable_profile(john, 'lost phone') from given;
select is(handoff.enable_profile(john, 'found'), 'active', 'access again') from given;
select is((select p.disabled_at from handoff.profiles as p, given where p.id = john), null, 'from now on');
select handoff.merge_profiles(twin, john, 'entered twice') from given;
select throws_ok('select handoff.enable_profile(twin, ''x'') from given', 'TH409', null, 'who was merged has none of its own');

select * from finish();
rollback;
